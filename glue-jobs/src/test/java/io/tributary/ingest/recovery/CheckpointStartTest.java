package io.tributary.ingest.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CheckpointStartTest {

    private static final TopicPartitionId PARTITION = new TopicPartitionId("fra", "events", 0);

    /** A first batch may hand out what waits, and is repeated from what waited before it. */
    @Test
    void whatWaitsIsPartOfIt() {
        CheckpointStart beginning = new CheckpointStart(
                new ReadProgress(
                        new PartitionOffsets(new TreeMap<>(Map.of(PARTITION, 42L))),
                        new TreeSet<>(Set.of(new OffsetRange(PARTITION, 7, 9)))),
                1_700_000_000_000L);

        assertThat(CheckpointStart.parse(beginning.toText())).isEqualTo(beginning);
    }

    @Test
    void damagedTextIsNone() {
        assertThatThrownBy(() -> CheckpointStart.parse("{\"#planned_at\": 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an offset of this source");
    }
}
