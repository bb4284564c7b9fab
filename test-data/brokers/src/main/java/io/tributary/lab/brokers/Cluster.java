package io.tributary.lab.brokers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A single-node KRaft cluster as it lies on disk: its directory, made once and reused ever after, and its ports.
 *
 * @param hasLogins whether it has a second listener, which asks for a login by SCRAM-SHA-256
 */
record Cluster(Path dir, Ports ports, boolean hasLogins) {

    private static final int NODE = 1;
    private static final String SCRAM = "SCRAM-SHA-256";

    /** The cluster of {@code dir}, which is formatted if it is new. */
    static Cluster in(Path dir, boolean hasLogins) {
        try {
            Files.createDirectories(dir);
        } catch (IOException e) {
            throw new UncheckedIOException("The cluster's directory cannot be made: " + dir, e);
        }
        Cluster cluster = new Cluster(dir, Ports.rememberedIn(dir.resolve("ports.properties")), hasLogins);
        if (!Files.exists(cluster.records().resolve("meta.properties"))) {
            cluster.format();
        }
        return cluster;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + ports.clients();
    }

    String serversWithLogin() {
        return "127.0.0.1:" + ports.logins();
    }

    KafkaConfig config() {
        Map<String, String> config = new TreeMap<>(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE),
                "controller.quorum.voters",
                NODE + "@127.0.0.1:" + ports.controller(),
                "listeners",
                "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://127.0.0.1:" + ports.controller(),
                "advertised.listeners",
                "PLAINTEXT://" + bootstrapServers(),
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name",
                "PLAINTEXT",
                "controller.listener.names",
                "CONTROLLER",
                "log.dirs",
                records().toString()));
        if (hasLogins) {
            config.merge("listeners", "LOGIN://" + serversWithLogin(), Cluster::and);
            config.merge("advertised.listeners", "LOGIN://" + serversWithLogin(), Cluster::and);
            config.merge("listener.security.protocol.map", "LOGIN:SASL_PLAINTEXT", Cluster::and);
            config.put("listener.name.login.sasl.enabled.mechanisms", SCRAM);
            config.put(
                    "listener.name.login." + SCRAM.toLowerCase(Locale.ROOT) + ".sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        }
        config.putAll(ONE_REPLICA);
        config.putAll(SMALL);
        return new KafkaConfig(config, false);
    }

    private static String and(String listed, String further) {
        return listed + "," + further;
    }

    private static final Map<String, String> ONE_REPLICA = Map.of(
            "default.replication.factor", "1",
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "1",
            "auto.create.topics.enable", "false",
            "group.initial.rebalance.delay.ms", "0",
            // A killed broker may not register again before its session has expired, and gives up after the second.
            "broker.session.timeout.ms", "9000",
            "initial.broker.registration.timeout.ms", "120000");

    /** Dozens of clusters share one JVM and two cores: few threads, no cleaner, small indexes, no idle metadata records. */
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("num.network.threads", "1"),
            Map.entry("num.io.threads", "2"),
            Map.entry("background.threads", "1"),
            Map.entry("num.recovery.threads.per.data.dir", "1"),
            Map.entry("num.replica.alter.log.dirs.threads", "1"),
            Map.entry("log.cleaner.enable", "false"),
            Map.entry("log.segment.bytes", Integer.toString(64 << 20)),
            Map.entry("log.index.size.max.bytes", Integer.toString(512 << 10)),
            Map.entry("log.retention.ms", "-1"),
            Map.entry("log.retention.bytes", "-1"),
            Map.entry("metadata.log.segment.bytes", Integer.toString(8 << 20)),
            Map.entry("metadata.max.idle.interval.ms", "0"),
            Map.entry("queued.max.requests", "64"),
            Map.entry("metric.reporters", ""),
            Map.entry("auto.include.jmx.reporter", "false"));

    private Path records() {
        return dir.toAbsolutePath().resolve("records");
    }

    private void format() {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(records().toString())
                    .setDirectories(List.of(records().toString()))
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(false)
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("The cluster's directory cannot be formatted: " + dir, e);
        }
    }
}
