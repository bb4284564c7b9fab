package io.tributary.lab.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The clusters that one process hosts.
 *
 * @param dir keeps each cluster in a directory of its name, and the process's log
 * @param readyWithin how long all clusters together may take until they serve
 */
public record KafkaLabSpec(Path dir, List<String> clusters, String topic, int partitions, Duration readyWithin) {

    private static final int HEAP_MB = 384;
    private static final int HEAP_MB_PER_FURTHER_CLUSTER = 24;

    public KafkaLabSpec {
        clusters = List.copyOf(clusters);
        if (clusters.isEmpty()) {
            throw new IllegalArgumentException("A Kafka process needs a cluster to host");
        }
    }

    /** Clusters with the topic {@code events} in two partitions. */
    public static KafkaLabSpec of(Path dir, List<String> clusters) {
        return new KafkaLabSpec(
                dir, clusters, "events", 2, Duration.ofSeconds(60).plusSeconds(5L * clusters.size()));
    }

    int heapMegabytes() {
        return HEAP_MB + HEAP_MB_PER_FURTHER_CLUSTER * (clusters.size() - 1);
    }

    List<String> arguments() {
        return List.of(
                "--dir", dir.toAbsolutePath().toString(),
                "--clusters", String.join(",", clusters),
                "--topic", topic,
                "--partitions", Integer.toString(partitions));
    }
}
