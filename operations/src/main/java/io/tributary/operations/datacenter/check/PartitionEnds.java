package io.tributary.operations.datacenter.check;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets of a cluster's partitions. A partition that did not answer is in none of them.
 *
 * @param earliest the first that is kept
 * @param latest up to which can be read
 * @param start where reading begins
 * @param hourAgo the first of the last hour; {@code latest} where nothing came
 */
record PartitionEnds(
        Map<TopicPartition, Long> earliest,
        Map<TopicPartition, Long> latest,
        Map<TopicPartition, Long> start,
        Map<TopicPartition, Long> hourAgo) {

    PartitionEnds {
        earliest = Map.copyOf(earliest);
        latest = Map.copyOf(latest);
        start = Map.copyOf(start);
        hourAgo = Map.copyOf(hourAgo);
    }

    long waiting() {
        return between(start, latest);
    }

    long lastHour() {
        return between(hourAgo, latest);
    }

    private static long between(Map<TopicPartition, Long> from, Map<TopicPartition, Long> until) {
        return until.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - from.getOrDefault(end.getKey(), end.getValue())))
                .sum();
    }
}
