package io.tributary.ingest.format.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tributary.config.RecordFormat;
import io.tributary.config.RegistryConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfluentRegistryTest {

    private record Answer(int status, String body) {}

    private final Map<String, Answer> answers = new HashMap<>();
    private HttpServer server;
    private String authorization;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            Answer answer = answers.getOrDefault(
                    exchange.getRequestURI().getRawPath(), new Answer(404, "<html>nothing here</html>"));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private SchemaRegistry registry(Map<String, String> login) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/api";
        return new ConfluentRegistry(
                RegistryOptions.of(new RegistryConfig(RegistryConfig.Type.CONFLUENT, url, null, Map.of()), login));
    }

    @Test
    void aSchemaComesWithAllThatItRefersTo() throws IOException {
        answers.put(
                "/api/schemas/ids/7",
                new Answer(
                        200,
                        "{\"schemaType\":\"PROTOBUF\",\"schema\":\"root\",\"references\":"
                                + "[{\"name\":\"b.proto\",\"subject\":\"b c\",\"version\":2},"
                                + "{\"name\":\"a.proto\",\"subject\":\"a\",\"version\":1}]}"));
        answers.put(
                "/api/subjects/b%20c/versions/2",
                new Answer(
                        200,
                        "{\"schema\":\"of b\",\"references\":"
                                + "[{\"name\":\"a.proto\",\"subject\":\"a\",\"version\":1}]}"));
        answers.put("/api/subjects/a/versions/1", new Answer(200, "{\"schema\":\"of a\"}"));

        SchemaText found =
                registry(Map.of("username", "u", "password", "p")).find("7").orElseThrow();

        assertThat(found.kind()).isEqualTo(RecordFormat.Kind.PROTOBUF);
        assertThat(found.text()).isEqualTo("root");
        assertThat(List.copyOf(found.references().entrySet()))
                .containsExactly(Map.entry("a.proto", "of a"), Map.entry("b.proto", "of b"));
        assertThat(authorization).isEqualTo("Basic dTpw");
    }

    @Test
    void onlyARegistrysOwnAnswerSaysThatThereIsNoSchema() throws IOException {
        answers.put("/api/schemas/ids/1", new Answer(404, "{\"error_code\":40403,\"message\":\"no\"}"));
        answers.put("/api/schemas/ids/3", new Answer(401, "{\"error_code\":401,\"message\":\"SECRET\"}"));
        answers.put("/api/schemas/ids/4", new Answer(503, ""));
        answers.put("/api/schemas/ids/5", new Answer(302, ""));
        answers.put("/elsewhere", new Answer(200, "{\"schema\":\"of another\"}"));
        answers.put("/api/schemas/ids/6", new Answer(200, "{}"));
        SchemaRegistry registry = registry(Map.of());

        assertThat(registry.find("1")).isEmpty();
        for (String id : List.of("2", "3", "4", "5", "6")) {
            assertThatThrownBy(() -> registry.find(id))
                    .as(id)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("HTTP")
                    .hasMessageNotContaining("SECRET");
        }
    }

    @Test
    void anAnswerWithoutEndIsNotReadToIt() {
        answers.put("/api/schemas/ids/1", new Answer(200, "{\"schema\":\"" + "x".repeat(17 << 20) + "\"}"));

        assertThatThrownBy(() -> registry(Map.of()).find("1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer");
    }
}
