package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.account.BatchAccount;
import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import io.tributary.account.StateSpan;
import io.tributary.config.PipelineConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumptionTest {

    private static final long LAST_ARRIVAL = 1_700_000_000_000L;
    private static final long NOW = LAST_ARRIVAL + 60_000;

    private static final StateSpan STATE =
            new StateSpan("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.of(5L));
    private static final PartitionId PARTITION = new PartitionId("fra", "events", 0);
    private static final Frontier FRONTIER = new Frontier(
            new Positions(new TreeMap<>(Map.of(PARTITION, 42L))),
            new TreeSet<>(Set.of(new OffsetRange(PARTITION, 7, 9))));
    private static final BatchAccount LAST = new BatchAccount(
            7,
            "from-1",
            3,
            LAST_ARRIVAL,
            LAST_ARRIVAL + 900,
            STATE,
            new TreeMap<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            FRONTIER);

    @Test
    void aNewLakeBeginsWithAStateThatSeesEverything() {
        Resumption resumption = Resumption.decide(Optional.empty(), PipelineConfig.defaults(), last -> false, NOW);

        assertThat(resumption)
                .isEqualTo(new Resumption(
                        "from-" + NOW,
                        new StateSpan("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.empty()),
                        Frontier.EMPTY,
                        NOW,
                        true));
    }

    @Test
    void aWholeCheckpointGoesOn() {
        assertThat(decide("", true, NOW)).isEqualTo(new Resumption("from-1", STATE, FRONTIER, LAST_ARRIVAL, false));
    }

    @Test
    void aLostCheckpointGoesOnAtTheLogsPositionsWithAStateThatBeginsNow() {
        assertThat(decide("", false, NOW))
                .isEqualTo(new Resumption("from-" + NOW, STATE.startingAt(NOW), FRONTIER, NOW, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"window: 2h", "window: 59m", "scope: data_center", "state_partitions: 8", "clock_skew: 6m"})
    void aStateThatDoesNotFitTheConfigurationBeginsAnew(String changed) {
        Resumption resumption = decide("dedup: {" + changed + "}", true, NOW);

        assertThat(resumption.isNew()).isTrue();
        assertThat(resumption.checkpoint()).isEqualTo("from-" + NOW);
        assertThat(resumption.frontier()).isEqualTo(FRONTIER);
        assertThat(resumption.state().since()).contains(NOW);
        assertThat(resumption.state().continues(STATE)).isFalse();
    }

    @Test
    void aClockThatIsBehindTheLogDoesNotTurnArrivalBack() {
        Resumption resumption = decide("", false, LAST_ARRIVAL - 3_600_000);

        assertThat(resumption.arrivalFloor()).isEqualTo(LAST_ARRIVAL + 1);
        assertThat(resumption.state().since()).contains(LAST_ARRIVAL + 1);
        assertThat(resumption.checkpoint()).isEqualTo("from-" + (LAST_ARRIVAL + 1));
    }

    private static Resumption decide(String yaml, boolean whole, long now) {
        return Resumption.decide(Optional.of(LAST), PipelineConfig.parse(yaml, "pipeline.yaml"), last -> whole, now);
    }
}
