package io.tributary.lab.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.lab.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A Chromium process. */
public final class Browser implements AutoCloseable {

    /** The way to a browser, for whoever has none. */
    public static final String NO_BROWSER =
            "Chromium is needed and none is on the path: install Debian's package chromium, or another's";

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChildProcess process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String port;

    private Browser(ChildProcess process, String port) {
        this.process = process;
        this.port = port;
    }

    /** The program; empty if this machine has none. */
    public static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param folder for its profile and its log */
    public static Browser start(Path program, Path folder) {
        Path profile = folder.resolve("profile");
        ChildProcess process = ChildProcess.startLogged(
                "chromium",
                List.of(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--hide-scrollbars",
                        "--remote-debugging-address=127.0.0.1",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank"),
                folder.resolve("chromium.log"));
        return new Browser(process, port(process, profile.resolve("DevToolsActivePort")));
    }

    /** The file's first line is the port, once the browser listens. */
    private static String port(ChildProcess process, Path file) {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
                if (lines.size() > 1) {
                    return lines.get(0);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be read", e);
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
        throw process.failure("does not listen");
    }

    /** A new, empty page. */
    public BrowserPage page() {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
                    .PUT(HttpRequest.BodyPublishers.noBody())
                    .build();
            JsonNode target = JSON.readTree(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
            return BrowserPage.connect(
                    client, URI.create(target.required("webSocketDebuggerUrl").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException("The browser makes no page", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a page was made", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
