package io.tributary.operations.status;

import static io.tributary.operations.status.GeneratedTail.NOW;
import static io.tributary.operations.status.GeneratedTail.answering;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.status.Horizon;
import io.tributary.lake.status.StreamStatus.DataCenterStatus;
import io.tributary.operations.status.GeneratedTail.Part;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValidThroughTest {

    private static final Part FLOWS = Part.of(100, 0L);
    /** The last batch is committed 5 s ago and was planned 3 s before that. */
    private static final Instant LAST_PLANNED = NOW.minusSeconds(8);

    private static ValidThrough of(GeneratedTail tail, String name) {
        return tail.status().dataCenters().get(name).validThrough();
    }

    @Test
    void aBatchThatLeavesNothingMovesItToTheTimeOfItsPlan() {
        GeneratedTail tail = GeneratedTail.ofBatches(5).batches(5, Map.of("fra", FLOWS));
        assertThat(of(tail, "fra").staged()).contains(LAST_PLANNED);
    }

    @Test
    void anIdleDataCenterMovesOnAndASilentOneDoesNot() {
        GeneratedTail tail = GeneratedTail.ofBatches(10)
                .batches(6, Map.of("fra", FLOWS, "gru", FLOWS, "sin", FLOWS))
                .batches(4, Map.of("fra", FLOWS, "gru", Part.of(0, 0L)));

        assertThat(of(tail, "gru").staged()).contains(LAST_PLANNED);
        assertThat(of(tail, "sin").staged()).contains(LAST_PLANNED.minusSeconds(40));
    }

    @Test
    void whatABatchLeavesUnreadHoldsItBack() {
        GeneratedTail tail = GeneratedTail.ofBatches(10)
                .batches(6, Map.of("fra", FLOWS))
                .batches(4, Map.of("fra", Part.of(100, 1L)));
        assertThat(of(tail, "fra").staged()).contains(LAST_PLANNED.minusSeconds(40));
    }

    @Test
    void aDeferralHoldsItBackUntilItsOffsetsAreRead() {
        GeneratedTail tail = GeneratedTail.ofBatches(10)
                .batches(6, Map.of("fra", FLOWS, "nyc", FLOWS))
                .batch(Map.of("fra", FLOWS, "nyc", FLOWS.deferred()))
                .batches(3, Map.of("fra", FLOWS, "nyc", Part.of(0, 0L)));
        assertThat(of(tail, "nyc").staged()).contains(LAST_PLANNED.minusSeconds(40));

        assertThat(of(tail.batch(Map.of("nyc", FLOWS)), "nyc").staged()).contains(LAST_PLANNED.plusSeconds(10));
    }

    @Test
    void aTriggerThatFindsNoLagMovesItWithoutABatch() {
        GeneratedTail tail = new GeneratedTail(NOW.minusSeconds(3600)).batches(5, Map.of("fra", FLOWS, "sin", FLOWS));
        tail.told(
                NOW.minusSeconds(2),
                Map.of(
                        "fra",
                        answering(0),
                        "sin",
                        DataCenterStatus.unreachable(Horizon.UNKNOWN, NOW.minusSeconds(3500), "down")));

        assertThat(of(tail, "fra").staged()).contains(NOW.minusSeconds(2));
        assertThat(of(tail, "sin").staged()).contains(NOW.minusSeconds(3600 - 40 + 3));
    }

    @Test
    void whatTheStreamRemembersHoldsWhereTheCommitsThatWereReadDoNotTell() {
        GeneratedTail tail = new GeneratedTail(NOW.minusSeconds(3600)).batches(5, Map.of("fra", FLOWS));
        Instant through = NOW.minusSeconds(7_200);
        tail.told(
                NOW.minusSeconds(2),
                Map.of(
                        "fra",
                        answering(5, new Horizon(Optional.of(through), Optional.empty())),
                        "sin",
                        DataCenterStatus.unreachable(
                                new Horizon(Optional.of(through), Optional.empty()), through, "down")));

        assertThat(of(tail, "sin").staged()).contains(through);
        // The commits know better.
        assertThat(of(tail, "fra").staged()).contains(NOW.minusSeconds(3600 - 40 + 3));
    }

    @Test
    void whatIsLateCountsOnceItIsMerged() {
        GeneratedTail tail = GeneratedTail.ofBatches(10)
                .batches(7, Map.of("fra", FLOWS, "gru", Part.of(0, 0L)))
                .merge()
                .batches(3, Map.of("fra", FLOWS, "gru", Part.of(0, 0L)));

        assertThat(of(tail, "fra").merged()).contains(LAST_PLANNED.minusSeconds(30));
        // It has staged nothing since.
        assertThat(of(tail, "gru").merged()).contains(LAST_PLANNED);
        assertThat(of(tail.merge(), "fra").merged()).contains(LAST_PLANNED);
    }
}
