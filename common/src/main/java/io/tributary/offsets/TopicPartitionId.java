package io.tributary.offsets;

import java.util.Comparator;

/** One partition of one topic in one data center's Kafka. */
public record TopicPartitionId(String dataCenter, String topic, int partition) implements Comparable<TopicPartitionId> {

    private static final Comparator<TopicPartitionId> ORDER = Comparator.comparing(TopicPartitionId::dataCenter)
            .thenComparing(TopicPartitionId::topic)
            .thenComparingInt(TopicPartitionId::partition);

    @Override
    public int compareTo(TopicPartitionId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return dataCenter + "/" + topic + "-" + partition;
    }
}
