package io.tributary.lab.kafka;

import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that hosts Kafka clusters; once made, all of them serve, and closing it ends them. */
public final class KafkaLab implements AutoCloseable {

    private static final String MODULE = "test-data/brokers";
    private static final String MAIN = "io.tributary.lab.brokers.BrokersMain";
    private static final String READY = "READY ";
    private static final String ALL_READY = "ALL-READY";

    private final ChildProcess process;
    private final Map<String, String> bootstrapServers;

    private KafkaLab(ChildProcess process, Map<String, String> bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
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
        List<String> command = new ArrayList<>(List.of(
                ChildProcess.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + spec.heapMegabytes() + "m",
                "-cp",
                root.classPath(MODULE),
                MAIN));
        command.addAll(spec.arguments());
        return command;
    }

    private static Map<String, String> awaitReady(ChildProcess process, KafkaLabSpec spec) {
        CompletableFuture<Map<String, String>> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, ready), "kafka-lab-output");
        reader.setDaemon(true);
        reader.start();
        try {
            return ready.get(spec.readyWithin().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw process.failure("did not have its clusters ready within "
                    + spec.readyWithin().toSeconds() + " s");
        } catch (ExecutionException e) {
            process.awaitEnd(spec.readyWithin());
            throw process.failure("ended before its clusters were ready");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw process.failure("was no longer waited for");
        }
    }

    /** Reads to the very end, so that the process can never block on a full pipe. */
    private static void read(ChildProcess process, CompletableFuture<Map<String, String>> ready) {
        Map<String, String> servers = new LinkedHashMap<>();
        try (BufferedReader lines = process.output()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(READY)) {
                    String[] nameAndAddress = line.substring(READY.length()).split(" ", 2);
                    servers.put(nameAndAddress[0], nameAndAddress[1]);
                } else if (line.equals(ALL_READY)) {
                    ready.complete(Map.copyOf(servers));
                }
            }
            ready.completeExceptionally(new IOException("End of output"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /** Cluster name to {@code host:port}. */
    public Map<String, String> bootstrapServers() {
        return bootstrapServers;
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
