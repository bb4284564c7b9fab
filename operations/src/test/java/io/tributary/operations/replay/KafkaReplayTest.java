package io.tributary.operations.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KafkaReplayTest {

    private static final TopicPartitionId ZERO = new TopicPartitionId("fra", "events", 0);
    private static final TopicPartitionId ONE = new TopicPartitionId("fra", "events", 1);
    private static final OffsetBounds BOUNDS = new OffsetBounds(
            offsets(Map.of(ZERO, 20L, ONE, 0L)), offsets(Map.of(ZERO, 100L, ONE, 50L)), offsets(Map.of()));
    private static final ReadProgress PROGRESS =
            new ReadProgress(offsets(Map.of(ZERO, 90L, ONE, 50L)), new TreeSet<>());

    @Test
    void onlyWhatWasReadAndIsStillThereIsReadAgain() {
        KafkaReplay replay = KafkaReplay.of(
                offsets(Map.of(ZERO, 10L, ONE, 7L)), offsets(Map.of(ZERO, 95L, ONE, 7L)), BOUNDS, PROGRESS);

        assertThat(replay.ranges()).containsExactly(new OffsetRange(ZERO, 20, 90));
        assertThat(replay.expired()).isEqualTo(10);
        assertThat(replay.unread()).isEqualTo(5);
        assertThat(replay.words())
                .startsWith("70 offsets of 1 partitions would be read again.")
                .contains("Kafka no longer has 10 of those asked for.", "5 of those asked for are not read yet");
    }

    @Test
    void aPartitionThatIsNotThereIsNamed() {
        PartitionOffsets other = offsets(Map.of(new TopicPartitionId("fra", "events", 9), 0L));
        PartitionOffsets end = offsets(Map.of(new TopicPartitionId("fra", "events", 9), 5L));

        assertThatThrownBy(() -> KafkaReplay.of(other, end, BOUNDS, PROGRESS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Partition events-9 of fra does not answer");
    }

    private static PartitionOffsets offsets(Map<TopicPartitionId, Long> all) {
        return new PartitionOffsets(new TreeMap<>(all));
    }
}
