package io.tributary.operations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingTryCommandTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path dir;

    private Path sample;

    @BeforeEach
    void writeFiles() throws Exception {
        sample = dir.resolve("sample.jsonl");
        Files.writeString(sample, """
                {"id":7,"at":1772352000,"kind":"paid","amount":"12.5"}
                {"id":8,"at":1772352000,"amount":"a lot"}

                {"op":"h"}
                {"at":1772352000}
                """);
        Files.writeString(dir.resolve("pipeline.yaml"), """
                event: {id: /id, time: /at, type: /kind, time_format: epoch_seconds, on_heartbeat: {where: /op = h}}
                columns: [{name: amount, type: "decimal(18,4)", from: /amount}]
                """);
        Files.writeString(dir.resolve("data-centers.yaml"), """
                data_centers:
                  - name: fra
                    bootstrap_servers: "127.0.0.1:1"
                    topics: [orders, other]
                    event: {on_tombstone: skip, topics: {orders: {id: [/kind, /id]}}}
                """);
    }

    @Test
    void eachRecordIsShownAsEventOrWithItsReason() {
        assertThat(execute("mapping", "try", sample.toString(), "--config", file("pipeline.yaml")))
                .isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                line 1: event 7 at 2026-03-01T08:00:00Z, type paid, data center here, amount 12.5000
                line 2: event 8 at 2026-03-01T08:00:00Z, type null, data center here, amount null; 1 values do not fit their column
                line 3: empty: the record has no value
                line 4: passed over
                line 5: missing_id: nothing, or null, at /id
                2 of 5 records are events, with 1 values that do not fit their column; 1 passed over; 2 refused: 1 empty, 1 missing_id.
                """);
    }

    @Test
    void theMappingOfADataCenterAndOfItsTopicCounts() throws Exception {
        String[] common = {
            "mapping",
            "try",
            sample.toString(),
            "--config",
            file("pipeline.yaml"),
            "--json",
            "--limit",
            "1",
            "--data-centers",
            file("data-centers.yaml"),
            "--data-center",
            "fra",
            "--topic"
        };

        assertThat(execute(with(common, "orders"))).isEqualTo(2);
        JsonNode orders = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        out.reset();
        assertThat(execute(with(common, "other"))).isEqualTo(2);
        JsonNode other = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));

        assertThat(orders.path("shown").path(0).path("event_id").asText()).isEqualTo("paid/7");
        assertThat(orders.path("shown").path(0).path("data_center").asText()).isEqualTo("fra");
        assertThat(orders.path("shown")).hasSize(1);
        assertThat(orders.path("without_event").asInt()).isEqualTo(2);
        assertThat(other.path("shown").path(0).path("event_id").asText()).isEqualTo("7");
        assertThat(other.path("refused_by_reason").path("missing_id").asInt()).isEqualTo(1);
        out.reset();
        assertThat(execute(with(common, "ordrs"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("\"ordrs\" is not one of the topics [orders, other] of fra");
    }

    @Test
    void aRecordOfAnotherFormatIsAFileOfItsOwn() throws Exception {
        Files.write(dir.resolve("order.avro"), new byte[] {4, 'o', '\n', (byte) 0x80, 1});
        Files.writeString(dir.resolve("avro.yaml"), """
                event:
                  id: /id
                  time_fallback: kafka
                  format: avro
                  schema: '{"type":"record","name":"O","fields":[{"name":"id","type":"string"},{"name":"n","type":"int"}]}'
                columns: [{name: n, type: int, from: /n}]
                """);

        assertThat(execute("mapping", "try", file("order.avro"), "--config", file("avro.yaml")))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("record 1: event o\\u000A at ")
                .contains("n 64");
    }

    private static String[] with(String[] common, String last) {
        String[] all = java.util.Arrays.copyOf(common, common.length + 1);
        all[common.length] = last;
        return all;
    }

    private String file(String name) {
        return dir.resolve(name).toString();
    }

    private int execute(String... arguments) {
        return TributaryTool.commandLine(new Environment(
                        new Configuration(false),
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)))
                .execute(arguments);
    }
}
