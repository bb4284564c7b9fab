package io.tributary.aws.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** One bucket behind S3's protocol, on this machine, that fails when it is told to. */
final class FakeS3 implements AutoCloseable {

    static final String BUCKET = "lake";
    static final Instant MODIFIED = Instant.parse("2026-01-02T03:04:05Z");

    private static final int PAGE = 1000;

    /** An object: its text and the write id in its metadata. */
    record Stored(String text, Optional<String> writeId) {

        static Stored of(String text) {
            return new Stored(text, Optional.empty());
        }

        String tag() {
            return "\"" + Integer.toHexString(text.hashCode()) + "\"";
        }

        byte[] content() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** How a request fails; with {@code stores}, only after it has done what was asked. */
    record Fault(boolean stores, int status, String code) {

        private static final int DROP = -1;
        private static final int HANG = -2;

        static Fault answer(int status, String code) {
            return new Fault(false, status, code);
        }

        static Fault storeAndAnswer(int status, String code) {
            return new Fault(true, status, code);
        }

        static Fault storeAndDrop() {
            return new Fault(true, DROP, "");
        }

        static Fault drop() {
            return new Fault(false, DROP, "");
        }

        static Fault storeAndHang() {
            return new Fault(true, HANG, "");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    private final Queue<Fault> putFaults = new ConcurrentLinkedQueue<>();
    private final Queue<Fault> getFaults = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    FakeS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/" + BUCKET, this::serve);
        server.setExecutor(threads);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Hadoop settings that lead here, with three attempts. */
    Configuration hadoop() {
        Configuration hadoop = new Configuration(false);
        hadoop.set("fs.s3a.endpoint", endpoint().toString());
        hadoop.set("fs.s3a.path.style.access", "true");
        hadoop.set("fs.s3a.access.key", "key");
        hadoop.set("fs.s3a.secret.key", "secret");
        hadoop.set("fs.s3a.attempts.maximum", "3");
        return hadoop;
    }

    NavigableMap<String, Stored> objects() {
        return objects;
    }

    /** The next PUTs fail so, one after the other. */
    void failPuts(Fault... faults) {
        putFaults.addAll(List.of(faults));
    }

    /** The next GETs and HEADs fail so, one after the other. */
    void failGets(Fault... faults) {
        getFaults.addAll(List.of(faults));
    }

    /** How many requests of this kind came: PUT, GET, HEAD or LIST. */
    long count(String kind) {
        return requests.stream().filter(kind::equals).count();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String key = exchange.getRequestURI().getPath().substring(BUCKET.length() + 1);
            boolean lists = key.length() < 2;
            requests.add(lists ? "LIST" : exchange.getRequestMethod());
            Fault fault = ("PUT".equals(exchange.getRequestMethod()) ? putFaults : getFaults).poll();
            if (fault != null) {
                fail(exchange, key, body, fault);
            } else if (lists) {
                list(exchange);
            } else if ("PUT".equals(exchange.getRequestMethod())) {
                int status = store(exchange, key, body);
                answer(exchange, status, status == 200 ? "" : "PreconditionFailed");
            } else {
                fetch(exchange, key);
            }
        }
    }

    private void fail(HttpExchange exchange, String key, byte[] body, Fault fault) throws IOException {
        if (fault.stores()) {
            store(exchange, key, body);
        }
        switch (fault.status()) {
            case Fault.DROP -> {}
            case Fault.HANG -> awaitClose();
            default -> answer(exchange, fault.status(), fault.code());
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int store(HttpExchange exchange, String key, byte[] body) {
        Stored stored = new Stored(
                new String(body, StandardCharsets.UTF_8),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("x-amz-meta-" + S3Objects.WRITE_ID)));
        if ("*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            return objects.putIfAbsent(key.substring(1), stored) == null ? 200 : 412;
        }
        String tag = exchange.getRequestHeaders().getFirst("If-Match");
        if (tag != null) {
            Stored before = objects.get(key.substring(1));
            return before != null && before.tag().equals(tag) && objects.replace(key.substring(1), before, stored)
                    ? 200
                    : 412;
        }
        objects.put(key.substring(1), stored);
        return 200;
    }

    private void fetch(HttpExchange exchange, String key) throws IOException {
        Stored stored = objects.get(key.substring(1));
        if (stored == null) {
            answer(exchange, 404, "NoSuchKey");
            return;
        }
        stored.writeId().ifPresent(id -> exchange.getResponseHeaders().add("x-amz-meta-" + S3Objects.WRITE_ID, id));
        exchange.getResponseHeaders().add("ETag", stored.tag());
        boolean head = "HEAD".equals(exchange.getRequestMethod());
        exchange.sendResponseHeaders(200, head || stored.content().length == 0 ? -1 : stored.content().length);
        if (!head) {
            exchange.getResponseBody().write(stored.content());
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        Map<String, String> query = Arrays.stream(
                        exchange.getRequestURI().getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        String prefix = query.get("prefix");
        String after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
        int page = Integer.parseInt(query.getOrDefault("max-keys", Integer.toString(PAGE)));
        List<String> keys = Stream.concat(
                        objects.containsKey(prefix) && prefix.compareTo(after) > 0 ? Stream.of(prefix) : Stream.empty(),
                        objects.tailMap(after.compareTo(prefix) > 0 ? after : prefix, false).keySet().stream()
                                .takeWhile(key -> key.startsWith(prefix))
                                .filter(key -> key.indexOf('/', prefix.length()) < 0))
                .limit(page + 1L)
                .toList();
        boolean more = keys.size() > page;
        List<String> shown = more ? keys.subList(0, page) : keys;
        StringBuilder xml = new StringBuilder(
                "<ListBucketResult><IsTruncated>" + more + "</IsTruncated><KeyCount>" + shown.size() + "</KeyCount>");
        if (more) {
            xml.append("<NextContinuationToken>").append(shown.get(page - 1)).append("</NextContinuationToken>");
        }
        String modified = DateTimeFormatter.ISO_INSTANT.withZone(ZoneOffset.UTC).format(MODIFIED);
        for (String key : shown) {
            xml.append("<Contents><Key>" + key + "</Key><LastModified>" + modified + "</LastModified><Size>"
                    + objects.get(key).content().length + "</Size></Contents>");
        }
        send(exchange, 200, xml.append("</ListBucketResult>").toString());
    }

    private static void answer(HttpExchange exchange, int status, String code) throws IOException {
        if (status == 200 || "HEAD".equals(exchange.getRequestMethod())) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            send(exchange, status, "<Error><Code>" + code + "</Code><Message>as told</Message></Error>");
        }
    }

    private static void send(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
