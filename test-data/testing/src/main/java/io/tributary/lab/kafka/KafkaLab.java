package io.tributary.lab.kafka;

import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.JavaCommand;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.process.Readiness;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process that hosts Kafka clusters; once made, all of them serve, and closing it ends them. */
public final class KafkaLab implements AutoCloseable {

    private static final String MODULE = "test-data/brokers";
    private static final String MAIN = "io.tributary.lab.brokers.BrokersMain";
    private static final String READY = "READY ";
    private static final String LOGIN = "LOGIN ";
    private static final String ALL_READY = "ALL-READY";

    private final ChildProcess process;
    private final Servers servers;

    /** Cluster name to {@code host:port}. */
    private record Servers(Map<String, String> open, Map<String, String> withLogin) {}

    private KafkaLab(ChildProcess process, Servers servers) {
        this.process = process;
        this.servers = servers;
    }

    /** Starts the process and waits until every cluster serves; a failure carries what the process said. */
    public static KafkaLab start(ProjectRoot root, KafkaLabSpec spec) {
        Path log =
                spec.dir().toAbsolutePath().resolve("kafka-" + spec.clusters().get(0) + ".log");
        ChildProcess process =
                ChildProcess.start("kafka " + String.join(",", spec.clusters()), command(root, spec), log);
        try {
            return new KafkaLab(process, awaitReady(process, spec));
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private static List<String> command(ProjectRoot root, KafkaLabSpec spec) {
        List<String> command = JavaCommand.of(root, MODULE, spec.heapMegabytes() + "m", MAIN);
        command.addAll(spec.arguments());
        return command;
    }

    private static Servers awaitReady(ChildProcess process, KafkaLabSpec spec) {
        Servers servers = new Servers(new LinkedHashMap<>(), new LinkedHashMap<>());
        return new Readiness(
                        spec.readyWithin(), "did not have its clusters ready", "ended before its clusters were ready")
                .await(process, line -> read(line, servers));
    }

    /** Notes a server; all of them with the line that says that there are no more. */
    private static Optional<Servers> read(String line, Servers servers) {
        note(line, READY, servers.open());
        note(line, LOGIN, servers.withLogin());
        return line.equals(ALL_READY)
                ? Optional.of(new Servers(Map.copyOf(servers.open()), Map.copyOf(servers.withLogin())))
                : Optional.empty();
    }

    private static void note(String line, String word, Map<String, String> addresses) {
        if (line.startsWith(word)) {
            String[] nameAndAddress = line.substring(word.length()).split(" ", 2);
            addresses.put(nameAndAddress[0], nameAndAddress[1]);
        }
    }

    /** Cluster name to {@code host:port}. */
    public Map<String, String> bootstrapServers() {
        return servers.open();
    }

    /** The same of the listeners that ask for a login; none unless the specification wanted them. */
    public Map<String, String> serversWithLogin() {
        return servers.withLogin();
    }

    /** The process itself, to watch it or to kill it. */
    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
