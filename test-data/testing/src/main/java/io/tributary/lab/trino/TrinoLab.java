package io.tributary.lab.trino;

import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.runtime.GlueEndpoint;
import io.tributary.runtime.S3Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A process that serves SQL; once made, it serves, and closing it ends it. */
public final class TrinoLab implements AutoCloseable {

    /** Athena's name for the Glue catalog, which the views in it go by. */
    public static final String CATALOG = "awsdatacatalog";

    private static final Duration READY_WITHIN = Duration.ofMinutes(4);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final ChildProcess process;
    private final int port;

    private TrinoLab(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the process and waits until it serves; a failure carries what the process said.
     *
     * @param dir for its settings and its log
     * @param port 0 for any free one
     * @param s3 with keys
     */
    public static TrinoLab start(
            TrinoNeeds needs, ProjectRoot root, Path dir, int port, S3Endpoint s3, GlueEndpoint glue) {
        Path server = needs.server(root);
        int chosen = port == 0 ? freePort() : port;
        write(dir.resolve("config.properties"), settings(server, dir, chosen));
        write(dir.resolve("catalog").resolve(CATALOG + ".properties"), catalog(s3, glue));
        write(dir.resolve("log.properties"), List.of("io.trino=WARN", "io.airlift=WARN"));
        TrinoLab lab = new TrinoLab(
                ChildProcess.startLogged("trino", command(needs, server, dir), dir.resolve("log")), chosen);
        try {
            lab.awaitReady();
            return lab;
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    private static List<String> command(TrinoNeeds needs, Path server, Path dir) {
        return List.of(
                needs.java().toString(),
                "-Xmx1g",
                // A server that lives for minutes is better off without the second compiler and G1.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=240m",
                "-Duser.timezone=UTC",
                "-Djava.io.tmpdir=" + dir,
                "-Dconfig=" + dir.resolve("config.properties"),
                "-Dlog.levels-file=" + dir.resolve("log.properties"),
                "-cp",
                server.resolve("lib") + "/*",
                "io.trino.server.TrinoServer");
    }

    private static List<String> settings(Path server, Path dir, int port) {
        return List.of(
                "node.environment=lab",
                "node.id=lab",
                "node.bind-ip=127.0.0.1",
                "node.internal-address=127.0.0.1",
                "http-server.http.port=" + port,
                // By itself it writes one below the folder that it was started in.
                "http-server.log.enabled=false",
                "discovery.uri=http://127.0.0.1:" + port,
                "coordinator=true",
                "node-scheduler.include-coordinator=true",
                "plugin.dir=" + server.resolve("plugin"),
                "catalog.config-dir=" + dir.resolve("catalog"));
    }

    private static List<String> catalog(S3Endpoint s3, GlueEndpoint glue) {
        String accessKey = s3.accessKey().orElseThrow();
        String secretKey = s3.secretKey().orElseThrow();
        return List.of(
                "connector.name=delta_lake",
                "hive.metastore=glue",
                "hive.metastore.glue.region=us-east-1",
                "hive.metastore.glue.endpoint-url=" + glue.uri(),
                "hive.metastore.glue.aws-access-key=" + accessKey,
                "hive.metastore.glue.aws-secret-key=" + secretKey,
                "fs.native-s3.enabled=true",
                "s3.endpoint=" + s3.uri(),
                "s3.region=us-east-1",
                "s3.path-style-access=true",
                "s3.aws-access-key=" + accessKey,
                "s3.aws-secret-key=" + secretKey);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No port is free", e);
        }
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("The settings of Trino cannot be written", e);
        }
    }

    private void awaitReady() {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address() + "/v1/info"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!isReady(http, request)) {
            if (!process.isAlive()) {
                throw process.failure("ended before it served");
            }
            if (System.nanoTime() > deadline) {
                throw process.failure("did not serve within " + READY_WITHIN.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private boolean isReady(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains("\"starting\":false");
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw process.failure("was no longer waited for");
        }
    }

    /** Where it serves, {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** A connection in whose queries names without a schema are those of {@code database}, and times are UTC. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:trino://" + address() + "/" + CATALOG + "/" + database + "?timezone=UTC", "lab", null);
    }

    @Override
    public void close() {
        process.close();
    }
}
