package io.tributary.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.config.Secrets.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter and the SDK's client against a server that speaks Secrets Manager's protocol. */
class SecretsManagerStoreTest {

    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:kafka/fra1-AbCdEf";

    private final Map<String, String> secrets = new TreeMap<>();
    private final Map<String, String> properties = new TreeMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final Hand hand = new Hand();
    private final SecretsManagerStore store = new SecretsManagerStore(hand);
    private final CountDownLatch asked = new CountDownLatch(1);
    private CountDownLatch slow = new CountDownLatch(0);
    private String refusal = "";
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        properties.put(
                "aws.endpointUrlSecretsManager",
                "http://127.0.0.1:" + server.getAddress().getPort());
        properties.put("aws.accessKeyId", "lab-key");
        properties.put("aws.secretAccessKey", "lab-secret");
        properties.put("aws.region", "us-east-1");
        properties.forEach(System::setProperty);
    }

    @AfterEach
    void end() {
        properties.keySet().forEach(System::clearProperty);
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aSecretIsReadByItsNameOrArn() throws StoreException {
        secrets.put(ARN, "{\"password\":\"p\"}");
        secrets.put("plain", "whole");

        assertThat(store.read(ARN)).isEqualTo("{\"password\":\"p\"}");
        assertThat(store.read("plain")).isEqualTo("whole");
    }

    @Test
    void oneQuestionServesAMinuteAndThenARenewedSecretIsTakenUp() throws StoreException {
        secrets.put("plain", "old");
        assertThat(store.read("plain")).isEqualTo("old");
        secrets.put("plain", "new");
        assertThat(store.read("plain")).isEqualTo("old");
        assertThat(questions).hasValue(1);

        hand.forward(Duration.ofMinutes(1));
        assertThat(store.read("plain")).isEqualTo("new");
    }

    @Test
    void whileTheServiceIsInTroubleTheValueFromBeforeGoesOn() throws StoreException {
        secrets.put("plain", "old");
        assertThat(store.read("plain")).isEqualTo("old");
        hand.forward(Duration.ofMinutes(5));
        refusal = "InternalServiceError";

        assertThat(store.read("plain")).isEqualTo("old");
        int asked = questions.get();
        assertThat(store.read("plain")).isEqualTo("old");
        assertThat(questions)
                .as("a service in trouble is not asked at every batch")
                .hasValue(asked);
    }

    @Test
    void aSecretThatIsSlowHoldsUpNoOther() throws Exception {
        secrets.put("slow", "s");
        secrets.put("plain", "p");
        slow = new CountDownLatch(1);
        CompletableFuture<String> pending = CompletableFuture.supplyAsync(() -> unchecked("slow"));
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(CompletableFuture.supplyAsync(() -> unchecked("plain")).get(20, TimeUnit.SECONDS))
                .isEqualTo("p");
        slow.countDown();
        assertThat(pending.get(20, TimeUnit.SECONDS)).isEqualTo("s");
    }

    private String unchecked(String secret) {
        try {
            return store.read(secret);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSecretThatCannotBeHadSaysWhy() {
        assertThatThrownBy(() -> store.read("missing"))
                .isInstanceOf(StoreException.class)
                .hasMessage("AWS Secrets Manager has no secret of that name in this account and region");
        refusal = "AccessDeniedException";
        assertThatThrownBy(() -> store.read("forbidden"))
                .isInstanceOf(StoreException.class)
                .hasMessage("AWS Secrets Manager refuses it to this job");
        refusal = "InternalServiceError";
        assertThatThrownBy(() -> store.read("broken"))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("AWS Secrets Manager cannot be asked (");
    }

    private void answer(HttpExchange exchange) throws IOException {
        questions.incrementAndGet();
        String id = new ObjectMapper()
                .readTree(exchange.getRequestBody())
                .path("SecretId")
                .asText();
        if (id.equals("slow")) {
            asked.countDown();
            try {
                slow.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
        String error = refusal.isEmpty() && !secrets.containsKey(id) ? "ResourceNotFoundException" : refusal;
        Map<String, String> answer = error.isEmpty()
                ? Map.of("Name", id, "SecretString", secrets.get(id))
                : Map.of("__type", error, "message", "refused");
        byte[] body = new ObjectMapper().writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        int status = error.isEmpty() ? 200 : error.startsWith("Internal") ? 500 : 400;
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** A clock that stands until it is moved. */
    private static final class Hand extends Clock {

        private Instant now = Instant.parse("2026-01-31T08:00:00Z");

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("UTC is all there is");
        }
    }
}
