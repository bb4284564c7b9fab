package io.tributary.operations.datacenter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.lake.status.RecordedChange;
import io.tributary.lake.status.RecordedChange.Action;
import io.tributary.lake.status.RecordedChange.Drained;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.TopicPartitionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RemovalTest {

    private static final Instant AT = Instant.parse("2026-01-31T08:00:00Z");
    private static final RecordedChange ADD = change(Action.ADD, Optional.empty());
    private static final RecordedChange DRAIN = change(Action.DRAIN, Optional.of(new Drained(offsets(100), "5e0c")));

    @Test
    void onlyADrainedOneMayGo() {
        assertThat(new Removal("fra1", List.of()).objection().orElseThrow()).contains("no drain of it is recorded");
        assertThat(new Removal("fra1", List.of(ADD, DRAIN)).objection()).isEmpty();
        assertThat(new Removal("nyc1", List.of(ADD, DRAIN)).objection()).isPresent();
    }

    @Test
    void aDrainOfAnEarlierOneOfThatNameDoesNotCount() {
        assertThat(new Removal("fra1", List.of(DRAIN, ADD)).objection()).isPresent();
    }

    @Test
    void whatCameSinceIsAnObjectionAndSoIsSilence() {
        Removal removal = new Removal("fra1", List.of(ADD, DRAIN));

        assertThat(removal.objection(answer(100))).isEmpty();
        assertThat(removal.objection(answer(107)).orElseThrow())
                .startsWith("7 records came after those that its drain of ");
        assertThat(removal.objection(new ClusterAnswer(Optional.empty(), "TimeoutException: none"))
                        .orElseThrow())
                .contains("its brokers do not answer", "TimeoutException: none");
    }

    @Test
    void aChangeIsReadBackAsItWasWritten() {
        assertThat(RecordedChange.parse(DRAIN.toLine())).isEqualTo(DRAIN);
        assertThat(RecordedChange.parse(ADD.toLine())).isEqualTo(ADD);
    }

    private static ClusterAnswer answer(long end) {
        return new ClusterAnswer(Optional.of(new OffsetBounds(offsets(0), offsets(end), offsets(0))), "");
    }

    private static PartitionOffsets offsets(long offset) {
        return new PartitionOffsets(new TreeMap<>(Map.of(new TopicPartitionId("fra1", "events", 0), offset)));
    }

    private static RecordedChange change(Action action, Optional<Drained> drained) {
        return new RecordedChange(AT, "ann", action, "fra1", "a \"reason\"", List.of("is new"), drained);
    }
}
