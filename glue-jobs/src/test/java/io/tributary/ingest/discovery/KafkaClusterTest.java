package io.tributary.ingest.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.TopicPartitionId;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KafkaClusterTest {

    private static final TopicPartitionId FOUND = new TopicPartitionId("fra", "events", 0);
    private static final TopicPartitionId NOTHING_SINCE = new TopicPartitionId("fra", "events", 1);
    private static final TopicPartitionId FAILED = new TopicPartitionId("fra", "events", 2);

    @Test
    void aPartitionWhoseLookupByTimeFailedBeginsAtItsEarliestOffsetSoThatNothingIsSkipped() {
        PartitionOffsets start = KafkaCluster.startingAtTime(
                offsets(Map.of(FOUND, 10L, NOTHING_SINCE, 20L, FAILED, 30L)),
                offsets(Map.of(FOUND, 100L, NOTHING_SINCE, 200L, FAILED, 300L)),
                offsets(Map.of(FOUND, 50L, NOTHING_SINCE, -1L)));

        assertThat(start.offsets()).isEqualTo(Map.of(FOUND, 50L, NOTHING_SINCE, 200L, FAILED, 30L));
    }

    private static PartitionOffsets offsets(Map<TopicPartitionId, Long> offsets) {
        return new PartitionOffsets(new TreeMap<>(offsets));
    }
}
