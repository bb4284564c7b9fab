package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.registry.RegistryLab;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three data centers with a format and a real schema registry each. The ids of the registries collide, and one registry
 * does not answer for a while.
 */
class FormatsIT {

    private static final String TOPIC = "orders";
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> CENTERS = List.of("avro", "proto", "json");

    /** What the pipeline file says of all; the format is that of each data center. */
    private static final String PIPELINE = """
            event: {id: /order_id, time: /at, type: /kind}
            columns: [{name: amount, type: "decimal(18,4)", from: /amount}]
            dedup: {state_partitions: 1}
            trigger: {interval: 500ms}
            """;

    private static final Schema AVRO = new Schema.Parser().parse("""
            {"type": "record", "name": "Order", "fields": [
              {"name": "order_id", "type": "string"},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["new", "paid"]}},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 18, "scale": 4}}]}
            """);

    private static final String PROTO = """
            syntax = "proto3";
            import "money.proto";
            import "google/protobuf/timestamp.proto";
            message Unused { int32 n = 1; }
            message Order {
              string order_id = 1;
              google.protobuf.Timestamp at = 2;
              string kind = 3;
              Amount amount = 4;
            }
            """;

    @TempDir
    static Path dir;

    private static LocalRuntime runtime;
    private static KafkaLab kafka;
    private static final Map<String, RegistryLab> REGISTRIES = new LinkedHashMap<>();
    private static final Map<String, KafkaProducer<byte[], byte[]>> PRODUCERS = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        runtime = LocalRuntime.open("formats", 2);
        kafka = KafkaLab.start(ProjectRoot.find(), KafkaLabSpec.of(dir.resolve("brokers"), CENTERS));
        for (String center : CENTERS) {
            REGISTRIES.put(center, RegistryLab.start(ProjectRoot.find(), Files.createDirectory(dir.resolve(center))));
            try (Admin admin = Admin.create(
                    Map.of("bootstrap.servers", kafka.bootstrapServers().get(center)))) {
                admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
                        .all()
                        .get();
            }
            PRODUCERS.put(
                    center,
                    new KafkaProducer<>(
                            Map.of("bootstrap.servers", kafka.bootstrapServers().get(center), "acks", "all"),
                            new ByteArraySerializer(),
                            new ByteArraySerializer()));
        }
    }

    @AfterAll
    static void end() {
        PRODUCERS.values().forEach(KafkaProducer::close);
        REGISTRIES.values().forEach(RegistryLab::close);
        kafka.close();
        runtime.close();
    }

    private static String dataCenters(String lake) throws IOException {
        StringBuilder yaml = new StringBuilder("data_centers:\n");
        Map<String, String> formats = Map.of(
                "avro", "{format: avro}",
                "proto", "{format: protobuf}",
                "json", "{format: json_schema}");
        for (String center : CENTERS) {
            yaml.append(
                    "  - {name: %s, bootstrap_servers: \"%s\", topics: [%s], event: %s, registry: {type: confluent, url: %s}}\n"
                            .formatted(
                                    center,
                                    kafka.bootstrapServers().get(center),
                                    TOPIC,
                                    formats.get(center),
                                    REGISTRIES.get(center).url()));
        }
        Path file = dir.resolve(lake + ".yaml");
        Files.writeString(file, yaml);
        return file.toUri().toString();
    }

    private static String body(Object schema, String type, String references) throws IOException {
        return "{\"schemaType\":\"" + type + "\",\"schema\":" + JSON.writeValueAsString(schema.toString())
                + ",\"references\":" + references + "}";
    }

    private static String jsonSchema(String title) {
        return "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"title\":\"%s\",\"type\":\"object\"}"
                .formatted(title);
    }

    private static byte[] behind(int id, byte[] value) {
        return ByteBuffer.allocate(5 + value.length)
                .put((byte) 0)
                .putInt(id)
                .put(value)
                .array();
    }

    private static byte[] avro(String id, Instant at) throws IOException {
        GenericData.Record order = new GenericData.Record(AVRO);
        order.put("order_id", id);
        order.put("at", at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000);
        order.put("kind", new GenericData.EnumSymbol(AVRO.getField("kind").schema(), "paid"));
        order.put(
                "amount",
                ByteBuffer.wrap(new BigDecimal("12.5000").unscaledValue().toByteArray()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(AVRO).write(order, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    /** Its index first: of the second message. */
    private static byte[] proto(String id, Instant at) {
        ByteArrayOutputStream order = new ByteArrayOutputStream();
        order.writeBytes(new byte[] {2, 2, 0x0A, (byte) id.length()});
        order.writeBytes(id.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream time = new ByteArrayOutputStream();
        time.write(0x08);
        varint(at.getEpochSecond(), time);
        time.write(0x10);
        varint(at.getNano(), time);
        order.writeBytes(new byte[] {0x12, (byte) time.size()});
        order.writeBytes(time.toByteArray());
        order.writeBytes(new byte[] {0x1A, 4, 'p', 'a', 'i', 'd'});
        return order.toByteArray();
    }

    private static void varint(long value, ByteArrayOutputStream out) {
        long left = value;
        for (; left > 0x7F; left >>>= 7) {
            out.write((int) ((left & 0x7F) | 0x80));
        }
        out.write((int) left);
    }

    private static byte[] json(String id, Instant at) {
        return "{\"order_id\":\"%s\",\"at\":\"%s\",\"kind\":\"paid\",\"amount\":12.5}"
                .formatted(id, at)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void send(String center, byte[] value) throws Exception {
        PRODUCERS.get(center).send(new ProducerRecord<>(TOPIC, value)).get();
    }

    private static Dataset<Row> table(String location) {
        return runtime.spark().read().format("delta").load(location);
    }

    private static List<String> ids(Lake lake) {
        return table(lake.staging()).select(Columns.EVENT_ID).collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    private static void await(Lake lake, List<String> wanted) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!ids(lake).equals(wanted) && System.nanoTime() < end) {
            LockSupport.parkNanos(200_000_000);
        }
        assertThat(ids(lake)).isEqualTo(wanted);
    }

    @Test
    void eachFormatBecomesTheSameEventsAndARegistryThatHangsHoldsUpItsOwnDataCenterAlone() throws Exception {
        PipelineConfig config = PipelineConfig.parse(PIPELINE, "pipeline.yaml");
        Lake lake = Lake.of(Optional.of(dir.resolve("lake").toUri().toString()), config);
        int avro = REGISTRIES.get("avro").register("orders-value", body(AVRO, "AVRO", "[]"));
        REGISTRIES
                .get("proto")
                .register("money", body("syntax = \"proto3\"; message Amount { string value = 1; }", "PROTOBUF", "[]"));
        int proto = REGISTRIES
                .get("proto")
                .register(
                        "orders-value",
                        body(PROTO, "PROTOBUF", "[{\"name\":\"money.proto\",\"subject\":\"money\",\"version\":1}]"));
        int json = REGISTRIES.get("json").register("orders-value", body(jsonSchema("orders"), "JSON", "[]"));
        assertThat(List.of(avro, json)).as("ids that mean different schemas").containsOnly(avro);
        Instant at = Instant.parse(Instant.now().toString().substring(0, 19) + ".123Z");

        send("avro", behind(avro, avro("a1", at)));
        send("proto", behind(proto, proto("p1", at)));
        send("json", behind(json, json("j1", at)));
        send("avro", behind(avro, avro("a1", at)));
        send("avro", behind(999, avro("lost", at)));
        send("avro", json("bare", at));
        send("avro", behind(avro, new byte[] {1, 2, 3}));
        StreamingQuery query =
                new IngestJob(runtime, config, dataCenters("lake"), lake, lake.defaultCheckpoint()).start();
        try {
            await(lake, List.of("a1", "j1", "p1"));
            for (Row row : table(lake.staging()).collectAsList()) {
                assertThat(row.<Instant>getAs(Columns.EVENT_TIME))
                        .as(row.toString())
                        .isEqualTo(at);
                assertThat(row.<String>getAs(Columns.EVENT_TYPE)).isEqualTo("paid");
            }
            assertThat(table(lake.staging())
                            .where("amount is not null")
                            .select("amount")
                            .collectAsList())
                    .extracting(row -> row.getDecimal(0).toPlainString())
                    .containsExactly("12.5000", "12.5000");
            assertThat(table(lake.quarantine())
                            .select(Columns.REASON, Columns.RAW)
                            .collectAsList())
                    .extracting(row -> row.getString(0))
                    .containsExactlyInAnyOrder("unknown_schema", "missing_schema_id", "not_of_schema");

            // Another schema of each, so that each registry has to be asked again; that of one does not answer.
            REGISTRIES.get("avro").register("other", body("\"string\"", "AVRO", "[]"));
            Schema wider = new Schema.Parser().parse(AVRO.toString().replace("\"Order\"", "\"Wider\""));
            int second = REGISTRIES.get("avro").register("wider", body(wider, "AVRO", "[]"));
            int third = REGISTRIES.get("json").register("wider", body(jsonSchema("wider"), "JSON", "[]"));
            REGISTRIES.get("avro").freeze();
            List<String> others = new ArrayList<>(List.of("a1", "j1", "p1"));
            send("avro", behind(avro, avro("a2", at)));
            for (int i = 2; i < 5; i++) {
                send("json", behind(third, json("j" + i, at)));
                send("avro", behind(second, avro("w" + i, at)));
                send("proto", behind(proto, proto("p" + i, at)));
            }
            others.addAll(List.of("a2", "j2", "j3", "j4", "p2", "p3", "p4"));
            await(lake, others.stream().sorted().toList());
            REGISTRIES.get("avro").thaw();
            others.addAll(List.of("w2", "w3", "w4"));
            await(lake, others.stream().sorted().toList());
        } finally {
            query.stop();
        }
        assertThat(table(lake.quarantine()).count()).isEqualTo(3);
    }
}
