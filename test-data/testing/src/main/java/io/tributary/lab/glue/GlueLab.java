package io.tributary.lab.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.runtime.GlueEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves a catalog on 127.0.0.1; once made, it serves, and closing it forgets everything. */
public final class GlueLab implements AutoCloseable {

    private static final String TARGET = "AWSGlue.";
    private static final int BAD_REQUEST = 400;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final GlueStore store = new GlueStore(Clock.systemUTC());
    private final Map<String, Queue<Runnable>> ahead = new ConcurrentHashMap<>();
    private final Queue<String> actions = new ConcurrentLinkedQueue<>();

    private GlueLab(HttpServer server) {
        this.server = server;
    }

    /**
     * Serves an empty catalog.
     *
     * @param port 0 for any free one
     */
    public static GlueLab start(int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            GlueLab lab = new GlueLab(server);
            server.createContext("/", lab::serve);
            server.setExecutor(lab.threads);
            server.start();
            return lab;
        } catch (IOException e) {
            throw new UncheckedIOException("Glue cannot be served on 127.0.0.1:" + port, e);
        }
    }

    /** How a job reaches it. */
    public GlueEndpoint endpoint() {
        return new GlueEndpoint(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    /** What the catalog answers to a request that did not come over the network, and that nothing makes fail. */
    public JsonNode ask(String action, String request) {
        try {
            return store.answer(action, JSON.readTree(request));
        } catch (IOException e) {
            throw new UncheckedIOException("This is no request: " + request, e);
        }
    }

    /** The entry of a table or a view. */
    public JsonNode table(String database, String name) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("DatabaseName", database).put("Name", name);
        return store.answer("GetTable", request).path("Table");
    }

    /** Refuses the next requests of this kind with Glue's error of this name. */
    public void refuseNext(String action, String code, int times) {
        for (int i = 0; i < times; i++) {
            beforeNext(action, () -> {
                throw new GlueRefusal(code, "as told");
            });
        }
    }

    /** Does something before the next request of this kind is answered, as somebody else might. */
    public void beforeNext(String action, Runnable somebodyElse) {
        ahead.computeIfAbsent(action, name -> new ConcurrentLinkedQueue<>()).add(somebodyElse);
    }

    /** The kinds of the requests that have come over the network since the last look. */
    public List<String> actions() {
        List<String> seen = new ArrayList<>();
        for (String action = actions.poll(); action != null; action = actions.poll()) {
            seen.add(action);
        }
        return seen;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String action = target == null ? "" : target.replace(TARGET, "");
            actions.add(action);
            try {
                Runnable first = ahead.getOrDefault(action, new ArrayDeque<>()).poll();
                if (first != null) {
                    first.run();
                }
                send(exchange, 200, store.answer(action, JSON.readTree(request)));
            } catch (GlueRefusal refusal) {
                ObjectNode body = JsonNodeFactory.instance.objectNode();
                body.put("__type", refusal.code()).put("Message", refusal.getMessage());
                send(exchange, BAD_REQUEST, body);
            }
        }
    }

    private static void send(HttpExchange exchange, int status, JsonNode answer) throws IOException {
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
