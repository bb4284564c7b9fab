package io.tributary.offsets;

import java.util.Comparator;

/** One topic in one data center's Kafka. */
public record TopicName(String dataCenter, String topic) implements Comparable<TopicName> {

    private static final Comparator<TopicName> ORDER =
            Comparator.comparing(TopicName::dataCenter).thenComparing(TopicName::topic);

    public static TopicName of(TopicPartitionId partition) {
        return new TopicName(partition.dataCenter(), partition.topic());
    }

    @Override
    public int compareTo(TopicName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return dataCenter + "/" + topic;
    }
}
