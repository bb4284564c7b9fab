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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GlueRegistryTest {

    private static final String ID = "01020304-0506-0708-090a-0b0c0d0e0f10";

    private HttpServer server;
    private String asked;
    private int status;
    private String answer;

    @BeforeEach
    void serve() throws IOException {
        System.setProperty("aws.accessKeyId", "a");
        System.setProperty("aws.secretAccessKey", "b");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked = exchange.getRequestHeaders().getFirst("X-Amz-Target") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    private SchemaRegistry registry() {
        return SchemaRegistry.of(RegistryOptions.of(
                new RegistryConfig(
                        RegistryConfig.Type.GLUE,
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        "eu-central-1",
                        Map.of()),
                Map.of()));
    }

    @Test
    void aVersionOfASchemaIsAskedForByItsId() throws Exception {
        status = 200;
        answer = "{\"SchemaVersionId\":\"" + ID + "\",\"SchemaDefinition\":\"\\\"string\\\"\",\"DataFormat\":\"AVRO\"}";

        try (SchemaRegistry registry = registry()) {
            assertThat(registry.find(ID)).contains(new SchemaText(RecordFormat.Kind.AVRO, "\"string\"", Map.of()));
        }
        assertThat(asked).isEqualTo("AWSGlue.GetSchemaVersion {\"SchemaVersionId\":\"" + ID + "\"}");
    }

    @Test
    void aSchemaThatIsNotThereIsToldFromARefusal() throws Exception {
        status = 400;
        answer = "{\"__type\":\"EntityNotFoundException\",\"Message\":\"Schema is not found.\"}";
        try (SchemaRegistry registry = registry()) {
            assertThat(registry.find(ID)).isEmpty();
            answer = "{\"__type\":\"AccessDeniedException\",\"Message\":\"not yours\"}";
            assertThatThrownBy(() -> registry.find(ID))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not yours");
        }
    }
}
