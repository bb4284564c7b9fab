package io.tributary.ingest;

import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.TopicPartitionId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds data centers and positions for tests. */
public final class SourceFixtures {

    private SourceFixtures() {}

    /** Positions of the partitions 0, 1, … of the topic {@code events} in the data center {@code fra}. */
    public static PartitionOffsets positions(long... offsets) {
        SortedMap<TopicPartitionId, Long> positions = new TreeMap<>();
        for (int i = 0; i < offsets.length; i++) {
            positions.put(partition("events", i), offsets[i]);
        }
        return new PartitionOffsets(positions);
    }

    public static TopicPartitionId partition(String topic, int partition) {
        return new TopicPartitionId("fra", topic, partition);
    }

    /** Offsets of a partition of the topic {@code events} in the data center {@code fra}. */
    public static OffsetRange range(int partition, long from, long until) {
        return new OffsetRange(partition("events", partition), from, until);
    }

    public static <V> SortedMap<TopicPartitionId, V> sorted(Map<TopicPartitionId, V> values) {
        return new TreeMap<>(values);
    }

    public static DataCenter dataCenter(String name, String bootstrapServers) {
        String yaml = "data_centers: [{name: %s, bootstrap_servers: \"%s\", topics: [events]}]";
        return DataCenters.parse(yaml.formatted(name, bootstrapServers), "data-centers.yaml")
                .all()
                .get(0);
    }
}
