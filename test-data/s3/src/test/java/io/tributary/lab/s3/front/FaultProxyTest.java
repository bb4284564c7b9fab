package io.tributary.lab.s3.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A front before an endpoint that keeps what is put. */
class FaultProxyTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Map<String, String> stored = new ConcurrentHashMap<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer endpoint;
    private FaultProxy front;

    @BeforeEach
    void open() throws IOException {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.setExecutor(Executors.newCachedThreadPool());
        endpoint.createContext("/", this::serve);
        endpoint.start();
        front = FaultProxy.open(
                0, endpoint.getAddress().getPort(), 1, new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() throws IOException {
        front.close();
        endpoint.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("PUT")) {
            stored.put(path, new String(body, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
        } else if (stored.containsKey(path)) {
            // A length of 0 makes the answer a chunked one.
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(stored.get(path).getBytes(StandardCharsets.UTF_8));
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
        exchange.close();
    }

    @Test
    void whatNoRuleTakesPassesUnchanged() throws Exception {
        assertThat(get("/a").statusCode()).isEqualTo(404);
        assertThat(put("/a", BodyPublishers.ofString("x".repeat(100_000))).statusCode())
                .isEqualTo(200);
        // A body of unknown length comes in chunks.
        BodyPublisher chunked = BodyPublishers.fromPublisher(BodyPublishers.ofString("y"));
        assertThat(put("/b", chunked).statusCode()).isEqualTo(200);

        assertThat(get("/a").body()).isEqualTo("x".repeat(100_000));
        assertThat(get("/b").body()).isEqualTo("y");
    }

    @Test
    void aRequestIsRefusedAsOftenAsTheRuleSaysAndNothingIsStored() throws Exception {
        tell("add r answer:503 PUT /a times=2");

        HttpResponse<String> refusal = put("/a", BodyPublishers.ofString("1"));
        assertThat(refusal.statusCode()).isEqualTo(503);
        assertThat(refusal.body()).contains("<Code>SlowDown</Code>");
        assertThat(put("/b", BodyPublishers.ofString("1")).statusCode()).isEqualTo(200);
        assertThat(put("/a", BodyPublishers.ofString("2")).statusCode()).isEqualTo(503);
        assertThat(stored).doesNotContainKey("/a");
        assertThat(put("/a", BodyPublishers.ofString("3")).statusCode()).isEqualTo(200);
        assertThat(said.toString(StandardCharsets.UTF_8)).containsSubsequence("APPLIED r PUT /a", "APPLIED r PUT /a");
    }

    @Test
    void anAnswerCanBeLostAfterTheObjectIsStored() {
        tell("add r drop-after PUT /a times=1");

        assertThatThrownBy(() -> put("/a", BodyPublishers.ofString("1"))).isInstanceOf(IOException.class);
        assertThat(stored).containsEntry("/a", "1");
    }

    @Test
    void aRequestThatIsHeldBeforeItIsStoredCanBeDroppedForGood() throws Exception {
        tell("add r hold-before PUT /b times=1 after=/a");
        assertThat(put("/b", BodyPublishers.ofString("0")).statusCode()).isEqualTo(200);
        put("/a", BodyPublishers.ofString("1"));

        CompletableFuture<HttpResponse<String>> held = putLater("/b", "1");
        awaitWord("HELD r PUT /b");
        assertThat(stored).containsEntry("/b", "0");
        tell("release r drop");

        assertThatThrownBy(() -> held.get(SOON.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(stored).containsEntry("/b", "0");
    }

    @Test
    void aRequestThatIsHeldAfterItIsStoredCanGoItsWay() throws Exception {
        tell("add r hold-after PUT /b times=1");

        CompletableFuture<HttpResponse<String>> held = putLater("/b", "1");
        awaitWord("HELD r PUT /b");
        assertThat(stored).containsEntry("/b", "1");
        assertThat(held).isNotDone();
        tell("release r pass");

        assertThat(held.get(SOON.toSeconds(), TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void aRequestCanTakeLonger() throws Exception {
        tell("add r slow:300 GET /a");
        long begin = System.nanoTime();
        get("/a");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aShareIsAShareAndARuleThatIsTakenBackTakesNothing() throws Exception {
        tell("add r answer:500 GET .* share=0.5");
        int refused = 0;
        for (int i = 0; i < 100; i++) {
            refused += get("/a").statusCode() == 500 ? 1 : 0;
        }
        assertThat(refused).isBetween(20, 80);

        tell("remove *");
        assertThat(get("/a").statusCode()).isEqualTo(404);
    }

    @Test
    void whatCannotBeObeyedIsRefusedInWords() {
        tell("jump");
        tell("add r");
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("REFUSED jump: \"jump\" is none of add", "REFUSED add r: \"r\" is no rule");
    }

    private void tell(String line) {
        try {
            front.commands().follow(new BufferedReader(new StringReader(line)));
        } catch (IOException e) {
            throw new AssertionError("A string can be read", e);
        }
    }

    private void awaitWord(String word) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!said.toString(StandardCharsets.UTF_8).contains(word)) {
            assertThat(System.nanoTime()).as("%s is said in time", word).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> put(String path, BodyPublisher body) throws Exception {
        return client.send(request(path).PUT(body).build(), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> putLater(String path, String text) {
        return client.sendAsync(request(path).PUT(BodyPublishers.ofString(text)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + path));
    }
}
