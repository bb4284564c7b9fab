package io.tributary.lab.registry;

import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process that serves a schema registry by Confluent's API; once made, it serves, and closing it ends it. */
public final class RegistryLab implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\\d+)");

    private final ChildProcess process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    private RegistryLab(ChildProcess process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts the process and waits until it serves.
     *
     * @param dir for its log
     */
    public static RegistryLab start(ProjectRoot root, Path dir) {
        Path server = server(root);
        int port = freePort();
        List<String> command = List.of(
                ChildProcess.java(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-jar",
                jar(server).toString());
        RegistryLab lab = new RegistryLab(
                ChildProcess.startLogged("registry", command, dir.resolve("log")),
                "http://127.0.0.1:" + port + "/apis/ccompat/v7");
        try {
            lab.awaitReady();
            return lab;
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    private static Path server(ProjectRoot root) {
        Path script = root.dir().resolve("scripts").resolve("schema-registry");
        try {
            Process fetching = new ProcessBuilder(script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String said = new String(fetching.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (fetching.waitFor() != 0) {
                throw new IllegalStateException("the schema registry cannot be fetched; " + script + " says why");
            }
            return Path.of(said);
        } catch (IOException e) {
            throw new UncheckedIOException(script + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the schema registry was fetched", e);
        }
    }

    private static Path jar(Path server) {
        try (Stream<Path> files = Files.list(server)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(server + " holds no registry; delete it"));
        } catch (IOException e) {
            throw new UncheckedIOException(server + " cannot be listed", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free", e);
        }
    }

    private void awaitReady() {
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (send(HttpRequest.newBuilder(URI.create(url + "/subjects")).build())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // It does not listen yet.
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
        throw process.failure("does not serve within " + READY_WITHIN.toSeconds() + " s");
    }

    /** The address of the API, as a data center's entry has it. */
    public String url() {
        return url;
    }

    /**
     * Registers a schema.
     *
     * @param body as the API wants it: {@code {"schema": …, "schemaType": …, "references": […]}}
     * @return its id
     */
    public int register(String subject, String body) {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(url + "/subjects/" + subject + "/versions"))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
        Matcher id = ID.matcher(answer.body());
        if (answer.statusCode() != 200 || !id.find()) {
            throw new IllegalStateException("the registry answers " + answer.statusCode() + ": " + answer.body());
        }
        return Integer.parseInt(id.group(1));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("the registry does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the registry was asked", e);
        }
    }

    /** Stops it from answering, as a registry that hangs. */
    public void freeze() {
        process.freeze();
    }

    public void thaw() {
        process.thaw();
    }

    @Override
    public void close() {
        process.close();
    }
}
