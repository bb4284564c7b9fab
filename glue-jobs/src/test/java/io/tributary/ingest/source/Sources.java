package io.tributary.ingest.source;

import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds data centres and positions for tests. */
final class Sources {

    private Sources() {}

    /** Positions of the partitions 0, 1, … of the topic {@code events} in the data centre {@code fra}. */
    static Positions positions(long... offsets) {
        SortedMap<PartitionId, Long> positions = new TreeMap<>();
        for (int i = 0; i < offsets.length; i++) {
            positions.put(partition("events", i), offsets[i]);
        }
        return new Positions(positions);
    }

    static PartitionId partition(String topic, int partition) {
        return new PartitionId("fra", topic, partition);
    }

    /** Offsets of a partition of the topic {@code events} in the data centre {@code fra}. */
    static OffsetRange range(int partition, long from, long until) {
        return new OffsetRange(partition("events", partition), from, until);
    }

    static <V> SortedMap<PartitionId, V> sorted(Map<PartitionId, V> values) {
        return new TreeMap<>(values);
    }

    static DataCenter dataCenter(String name, String bootstrapServers) {
        String yaml = "data_centers: [{name: %s, bootstrap_servers: \"%s\", topics: [events]}]";
        return DataCenters.parse(yaml.formatted(name, bootstrapServers), "data-centers.yaml")
                .all()
                .get(0);
    }
}
