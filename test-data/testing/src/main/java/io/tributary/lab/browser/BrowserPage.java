package io.tributary.lab.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One page of a browser, and what went wrong in it. Used by one thread. */
public final class BrowserPage {

    /** How wide and high the page is shown. */
    public record Size(int width, int height) {

        public static final Size PHONE = new Size(390, 844);
        public static final Size DESKTOP = new Size(1280, 900);
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    private BrowserPage() {}

    static BrowserPage connect(HttpClient client, URI address) {
        BrowserPage page = new BrowserPage();
        page.socket = client.newWebSocketBuilder()
                .buildAsync(address, page.new Listener())
                .join();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            page.ask(domain + ".enable", JSON.createObjectNode());
        }
        return page;
    }

    /** Collects answers, and what a page should not do. */
    private final class Listener implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            partial.append(data);
            if (isLast) {
                take(partial.toString());
                partial.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void take(String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        if (message.has("id")) {
            asked.remove(message.get("id").asInt()).complete(message);
            return;
        }
        JsonNode told = message.path("params");
        switch (message.path("method").asText()) {
            case "Runtime.exceptionThrown" -> problems.add("exception: " + told.path("exceptionDetails"));
            case "Runtime.consoleAPICalled" ->
                problems.add("console " + told.path("type").asText() + ": " + told.path("args"));
            case "Log.entryAdded" -> problems.add("log: " + told.path("entry"));
            case "Page.javascriptDialogOpening" -> problems.add("dialog: " + told.path("message"));
            case "Network.requestWillBeSent" -> {
                String url = told.at("/request/url").asText();
                if (!url.startsWith("file:") || !told.path("type").asText().equals("Document")) {
                    problems.add("request: " + url);
                }
            }
            default -> {
                // Of no concern here.
            }
        }
    }

    private JsonNode ask(String method, ObjectNode parameters) {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        ObjectNode question = JSON.createObjectNode().put("id", id).put("method", method);
        question.set("params", parameters);
        socket.sendText(question.toString(), true).join();
        try {
            JsonNode found = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (found.has("error")) {
                throw new IllegalStateException(method + ": " + found.get("error"));
            }
            return found.path("result");
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("the browser does not answer to " + method, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the browser was asked " + method, e);
        }
    }

    /**
     * Opens a file, and waits for the page's own word that it is drawn, an expression.
     *
     * @param scheme {@code light} or {@code dark}
     */
    public void open(Path file, Size size, String scheme, String isDrawn) {
        ask(
                "Emulation.setDeviceMetricsOverride",
                JSON.createObjectNode()
                        .put("width", size.width())
                        .put("height", size.height())
                        .put("deviceScaleFactor", 1)
                        .put("mobile", size.equals(Size.PHONE)));
        ObjectNode media = JSON.createObjectNode();
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        ask("Emulation.setEmulatedMedia", media);
        ask("Page.navigate", JSON.createObjectNode().put("url", file.toUri().toString()));
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!evaluate(isDrawn).asBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the page is not drawn: " + problems);
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
    }

    /** The value of an expression in the page. */
    public JsonNode evaluate(String expression) {
        JsonNode answer = ask(
                "Runtime.evaluate",
                JSON.createObjectNode().put("expression", expression).put("returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.at("/result/value");
    }

    /** What is wrong with how the page lies: {@code faults}, in words, of the number of {@code texts} that were looked at. */
    public JsonNode overlaps() {
        try (InputStream in = BrowserPage.class.getResourceAsStream("overlaps.js")) {
            return evaluate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("overlaps.js cannot be read", e);
        }
    }

    /** Errors, warnings, dialogs, and requests for anything but the page itself. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** A picture of the whole page. */
    public void screenshot(Path png) {
        JsonNode answer = ask(
                "Page.captureScreenshot",
                JSON.createObjectNode().put("format", "png").put("captureBeyondViewport", true));
        try {
            Files.createDirectories(png.toAbsolutePath().getParent());
            Files.write(png, Base64.getDecoder().decode(answer.get("data").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(png + " cannot be written", e);
        }
    }
}
