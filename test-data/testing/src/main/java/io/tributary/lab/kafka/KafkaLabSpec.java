package io.tributary.lab.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The clusters that one process hosts.
 *
 * @param dir keeps each cluster in a directory of its name, and the process's log
 * @param readyWithin how long all clusters together may take until they serve
 * @param hasLogins whether the clusters have a second listener, which asks for a login by SCRAM-SHA-256
 */
public record KafkaLabSpec(
        Path dir, List<String> clusters, String topic, int partitions, Duration readyWithin, boolean hasLogins) {

    /** The topic of {@link #of}. */
    public static final String TOPIC = "events";

    private static final int HEAP_MB = 384;
    private static final int HEAP_MB_PER_FURTHER_CLUSTER = 24;

    public KafkaLabSpec {
        clusters = List.copyOf(clusters);
        if (clusters.isEmpty()) {
            throw new IllegalArgumentException("A Kafka process needs a cluster to host");
        }
    }

    /** Clusters that ask nobody for a login. */
    public KafkaLabSpec(Path dir, List<String> clusters, String topic, int partitions, Duration readyWithin) {
        this(dir, clusters, topic, partitions, readyWithin, false);
    }

    /** The same clusters, with a second listener that asks for a login. */
    public KafkaLabSpec withLogins() {
        return new KafkaLabSpec(dir, clusters, topic, partitions, readyWithin, true);
    }

    /** Clusters with the topic {@code events} in two partitions. */
    public static KafkaLabSpec of(Path dir, List<String> clusters) {
        return new KafkaLabSpec(dir, clusters, TOPIC, 2, Duration.ofSeconds(60).plusSeconds(5L * clusters.size()));
    }

    /** The clusters that {@code dir} keeps from earlier on. */
    public static List<String> clustersIn(Path dir) {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The clusters below " + dir + " cannot be listed", e);
        }
    }

    int heapMegabytes() {
        return HEAP_MB + HEAP_MB_PER_FURTHER_CLUSTER * (clusters.size() - 1);
    }

    List<String> arguments() {
        return List.of(
                "--dir", dir.toAbsolutePath().toString(),
                "--clusters", String.join(",", clusters),
                "--topic", topic,
                "--partitions", Integer.toString(partitions),
                "--logins", Boolean.toString(hasLogins));
    }
}
