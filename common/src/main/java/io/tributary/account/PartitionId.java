package io.tributary.account;

import java.util.Comparator;

/** One partition of one topic in one data centre's Kafka. */
public record PartitionId(String dataCenter, String topic, int partition) implements Comparable<PartitionId> {

    private static final Comparator<PartitionId> ORDER = Comparator.comparing(PartitionId::dataCenter)
            .thenComparing(PartitionId::topic)
            .thenComparingInt(PartitionId::partition);

    @Override
    public int compareTo(PartitionId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return dataCenter + "/" + topic + "-" + partition;
    }
}
