package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.offsets.RangeStats;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The streaming job against real Kafka clusters and real Delta tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IngestJobIT {

    private static final String CONFIG = """
            columns:
              - {name: amount, type: "decimal(10,2)", from: /order/amount}
            dedup: {window: 10m, clock_skew: 5s, state_partitions: 2}
            event_time: {max_ahead: 5s}
            trigger: {interval: 200ms, metadata_timeout: 2s}
            """;

    @TempDir
    Path dir;

    private LocalRuntime runtime;
    private KafkaLab kafka;
    private final Map<String, KafkaProducer<byte[], byte[]>> producers = new LinkedHashMap<>();
    private String topic;
    private int topics;
    private Lake lake;
    private Path dataCenters;

    @BeforeAll
    void startSparkAndKafka(@TempDir Path brokers) {
        runtime = LocalRuntime.open("ingest-it", 2);
        kafka = KafkaLab.start(ProjectRoot.find(), KafkaLabSpec.of(brokers, List.of("fra", "nyc")));
        kafka.bootstrapServers()
                .forEach((name, servers) -> producers.put(
                        name,
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", servers, "acks", "all"),
                                new ByteArraySerializer(),
                                new ByteArraySerializer())));
    }

    @AfterAll
    void stopSparkAndKafka() {
        producers.values().forEach(KafkaProducer::close);
        kafka.close();
        runtime.close();
    }

    @BeforeEach
    void freshLakeAndTopic() throws Exception {
        topic = "t" + topics++;
        for (String servers : kafka.bootstrapServers().values()) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1)))
                        .all()
                        .get();
            }
        }
        lake = Lake.of(Optional.of(dir.resolve("lake-" + topic).toUri().toString()), config());
        dataCenters = dir.resolve("data-centers-" + topic + ".yaml");
        writeDataCenters("fra", "nyc");
    }

    @Test
    void eachEventIsStagedOnceAndEveryRecordIsAccountedFor() throws Exception {
        String time = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        send("fra", event("a", time, "12.5"), event("b", time, "\"x\""), event("a", time, "12.5"));
        send(
                "nyc",
                event("a", time, "12.5"),
                event("c", "2026-01-01T00:00:00Z", "null"),
                "{\"event_id\":\"d\",\"event");
        send("nyc", "{\"event_time\":\"" + time + "\"}", "[1]", "", event("e", "1969-12-31T23:59:59Z", "1"));

        run();

        assertThat(ids(staged())).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(ids(staged().where(Columns.ON_TIME))).containsExactlyInAnyOrder("a", "b");
        Row a = staged().where("event_id = 'a'").first();
        assertThat(a.<java.math.BigDecimal>getAs("amount")).isEqualByComparingTo("12.50");
        assertThat(a.<String>getAs(Columns.PAYLOAD)).isEqualTo(event("a", time, "12.5"));
        assertThat(quarantined().select(Columns.REASON).collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder(
                        "not_json", "missing_id", "not_an_object", "empty", "event_time_out_of_range");
        assertThat(quarantined().where("reason = 'not_json'").first().<byte[]>getAs(Columns.RAW))
                .isEqualTo("{\"event_id\":\"d\",\"event".getBytes(StandardCharsets.UTF_8));
        RangeStats total = commits().stream().map(BatchMetadata::total).reduce(RangeStats.EMPTY, RangeStats::plus);
        assertThat(total.read()).isEqualTo(10);
        assertThat(total.staged()).isEqualTo(3);
        assertThat(total.duplicate()).isEqualTo(2);
        assertThat(total.quarantined()).isEqualTo(5);
        assertThat(total.castFailures()).isEqualTo(1);
    }

    @Test
    void keyAndHeadersMakeEventsAndAreKeptOfWhatIsNone() throws Exception {
        writeDataCenters(Map.of(
                "fra",
                "event: {id: ['header:ce_source', 'header:ce_id'], time: 'header:ce_time', time_fallback: kafka}",
                "nyc",
                "event: {id: key:/id, time: /at, time_fallback: kafka}"));
        Instant time = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Map<String, String> cloudEvent = Map.of(
                "ce_source", "/a", "ce_id", "1", "ce_time", time.toString().toLowerCase(Locale.ROOT));
        send("fra", "k", "{\"n\":1}", cloudEvent);
        send("fra", "k", "{\"n\":1}", cloudEvent);
        send("fra", "k", "{\"n\":2}", Map.of("ce_source", "/a", "ce_id", "2"));
        send("fra", "k", "{\"n\":3}", Map.of("ce_source", "/a"));
        send("nyc", "{\"id\":7}", "{\"n\":4}", Map.of());
        send("nyc", null, "{\"id\":8}", Map.of());

        run();

        assertThat(ids(staged())).containsExactlyInAnyOrder("~1a/1", "~1a/2", "7");
        assertThat(staged().where("event_id = '~1a/1'").first().<Instant>getAs(Columns.EVENT_TIME))
                .isEqualTo(time);
        assertThat(staged().where("event_time = kafka_timestamp AND event_id IN ('~1a/2', '7')")
                        .count())
                .isEqualTo(2);
        assertThat(quarantined()
                        .where("detail = 'nothing, or null, at header:ce_id'")
                        .select("kafka_key", "kafka_headers")
                        .collectAsList())
                .extracting(row -> new String(row.<byte[]>getAs(0), StandardCharsets.UTF_8), row -> row.getString(1))
                .containsExactly(tuple("k", "[[\"ce_source\",\"/a\"]]"));
        assertThat(quarantined()
                        .where("kafka_key IS NULL AND kafka_headers IS NULL")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void tombstonesAndHeartbeatsAreCountedAndInNoTable() throws Exception {
        String time = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        writeDataCenters(Map.of("fra", "event: {on_tombstone: skip, on_heartbeat: {where: /op = h}}"));
        sendTombstone("fra");
        sendTombstone("nyc");
        send("fra", "{\"op\":\"h\"}", event("a", time, "1"), "{\"op\":\"h\"}", event("a", time, "1"), "{}");
        send("nyc", "{\"op\":\"h\"}");

        run();
        run();

        assertThat(ids(staged())).containsExactly("a");
        assertThat(quarantined().select(Columns.KAFKA_CLUSTER, Columns.REASON).collectAsList())
                .extracting(row -> row.getString(0) + " " + row.getString(1))
                .containsExactlyInAnyOrder("fra missing_id", "nyc empty", "nyc missing_id");
        RangeStats total = commits().stream().map(BatchMetadata::total).reduce(RangeStats.EMPTY, RangeStats::plus);
        assertThat(total.read()).isEqualTo(8);
        assertThat(total.staged()).isEqualTo(1);
        assertThat(total.duplicate()).isEqualTo(1);
        assertThat(total.quarantined()).isEqualTo(3);
        assertThat(total.withoutEvent()).isEqualTo(3);
    }

    @Test
    void aDataCenterMapsItsRecordsInItsOwnWayFromTheNextBatchOnAfterItSaysSo() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String seconds = "{\"n\":%d,\"at\":" + now.getEpochSecond() + "}";
        writeDataCenters(
                Map.of("nyc", "event: {id: /n, topics: {" + topic + ": {time: /at, time_format: epoch_seconds}}}"));
        send("fra", event("a", now.toString(), "1"), seconds.formatted(1));
        send("nyc", seconds.formatted(2), event("b", now.toString(), "1"));

        StreamingQuery query = job(runtime).start();
        try {
            query.processAllAvailable();
            assertThat(ids(staged())).containsExactlyInAnyOrder("a", "2");
            writeDataCenters(Map.of("fra", "event: {id: /n, time: /at, time_format: epoch_auto}"));
            send("fra", event("c", now.toString(), "1"), seconds.formatted(3));
            send("nyc", seconds.formatted(4), event("d", now.toString(), "1"));
            query.processAllAvailable();
        } finally {
            query.stop();
        }

        assertThat(ids(staged())).containsExactlyInAnyOrder("a", "2", "3", "d");
        assertThat(staged().where("event_id = '2'").first().<Instant>getAs(Columns.EVENT_TIME))
                .isEqualTo(now);
        assertThat(quarantined().select(Columns.REASON).collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("missing_id", "missing_id", "missing_id", "missing_id");
    }

    @Test
    void aRestartGoesOnWhereTheLastBatchEndedAndKnowsWhatItSaw() throws Exception {
        String time = Instant.now().toString();
        send("fra", event("a", time, "1"));
        run();
        send("fra", event("a", time, "1"), event("b", time, "2"));
        run();

        assertThat(ids(staged())).containsExactlyInAnyOrder("a", "b");
        assertThat(ids(staged().where(Columns.ON_TIME))).containsExactlyInAnyOrder("a", "b");
        assertThat(commits().stream().map(BatchMetadata::checkpoint).distinct()).hasSize(1);
    }

    /** A defect of Spark 4.1.1 ends a query on Spark's own Kafka stream here: SPARK-55271. */
    @Test
    void aBatchThatSparkHasNotNotedIsRepeatedAndTheQueryGoesOn() throws Exception {
        send("fra", event("a", Instant.now().toString(), "1"));
        run();
        forgetSparksLastCommit();
        send("nyc", event("b", Instant.now().toString(), "1"));
        StreamingQuery query = job().start();
        try {
            query.processAllAvailable();
            send("fra", event("c", Instant.now().toString(), "1"));
            query.processAllAvailable();
            assertThat(query.isActive()).isTrue();
        } finally {
            query.stop();
        }

        assertThat(ids(staged())).containsExactlyInAnyOrder("a", "b", "c");
        RangeStats total = commits().stream().map(BatchMetadata::total).reduce(RangeStats.EMPTY, RangeStats::plus);
        assertThat(total.read()).isEqualTo(3);
        assertThat(total.staged()).isEqualTo(3);
    }

    @Test
    void aLostCheckpointLosesNothingAndTrustsNothingFromBefore() throws Exception {
        String time = Instant.now().toString();
        send("fra", event("a", time, "1"));
        run();
        deleteCheckpoint();
        send("fra", event("a", time, "1"), event("b", time, "2"));
        run();

        // The new state does not know that a was there; only the merge can tell, so no later copy is on time.
        assertThat(ids(staged())).containsExactlyInAnyOrder("a", "a", "b");
        assertThat(ids(staged().where(Columns.ON_TIME))).containsExactly("a");
        assertThat(commits().stream().map(BatchMetadata::checkpoint).distinct()).hasSize(2);
        RangeStats total = commits().stream().map(BatchMetadata::total).reduce(RangeStats.EMPTY, RangeStats::plus);
        assertThat(total.read()).isEqualTo(3);
    }

    @Test
    void aDataCenterThatIsAddedWhileTheQueryRunsIsReadWithoutARestart() throws Exception {
        writeDataCenters("fra");
        String time = Instant.now().toString();
        send("fra", event("a", time, "1"));
        send("nyc", event("b", time, "1"));
        StreamingQuery query = job().start();
        try {
            query.processAllAvailable();
            assertThat(ids(staged())).containsExactly("a");
            writeDataCenters("fra", "nyc");
            query.processAllAvailable();
        } finally {
            query.stop();
        }
        assertThat(ids(staged())).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aDataCenterThatDoesNotAnswerHoldsUpNobody() throws Exception {
        Files.writeString(
                dataCenters,
                Files.readString(dataCenters) + "  - {name: dead, bootstrap_servers: \"127.0.0.1:1\", topics: [" + topic
                        + "]}\n");
        send("fra", event("a", Instant.now().toString(), "1"));
        run();
        assertThat(ids(staged())).containsExactly("a");
    }

    @Test
    void byAClockThatIsBehindNothingIsReadAndSoNothingRefused() throws Exception {
        send("fra", event("a", Instant.now().toString(), "1"));
        run();
        send("fra", event("b", Instant.now().toString(), "1"));
        run(new ClockedRuntime(runtime, Clock.offset(runtime.clock(), Duration.ofMinutes(-10))));
        assertThat(ids(staged())).containsExactly("a");
        assertThat(quarantined().count()).isZero();

        run();
        assertThat(ids(staged().where(Columns.ON_TIME))).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void withinTheWindowACopyIsADuplicateWhateverItsTime() throws Exception {
        Instant now = Instant.now();
        send("fra", event("a", now.minusSeconds(20).toString(), "1"), event("a", now.toString(), "1"));
        run();
        send("nyc", event("a", now.minusSeconds(10).toString(), "1"));
        run();

        assertThat(ids(staged())).containsExactly("a");
        RangeStats total = commits().stream().map(BatchMetadata::total).reduce(RangeStats.EMPTY, RangeStats::plus);
        assertThat(total.duplicate()).isEqualTo(2);
    }

    @Test
    void aCommitWritesASummaryOfItsTableAndNoListOfFiles() throws Exception {
        send("fra", event("a", Instant.now().toString(), "1"), "no event");
        run();

        for (String table : List.of(lake.staging(), lake.quarantine())) {
            Path log = Path.of(URI.create(table)).resolve("_delta_log");
            List<String> summaries = new ArrayList<>();
            for (int version = 1; Files.exists(log.resolve("%020d.crc".formatted(version))); version++) {
                summaries.add(Files.readString(log.resolve("%020d.crc".formatted(version))));
            }
            assertThat(summaries)
                    .anyMatch(summary -> summary.contains("\"numFiles\":1"))
                    .noneMatch(summary -> summary.contains("\"allFiles\":[{"));
        }
    }

    @Test
    void arrivedAtRisesStrictlyFromBatchToBatch() throws Exception {
        for (int i = 0; i < 3; i++) {
            send("fra", event("e" + i, Instant.now().toString(), "1"));
            run();
        }
        assertThat(commits().stream().map(BatchMetadata::committedAt).toList())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(commits().stream().map(BatchMetadata::sequence).toList())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    private static PipelineConfig config() {
        return PipelineConfig.parse(CONFIG, "test");
    }

    private IngestJob job() {
        return job(runtime);
    }

    private IngestJob job(JobRuntime on) {
        return new IngestJob(on, config(), dataCenters.toUri().toString(), lake, lake.defaultCheckpoint());
    }

    private void run() throws Exception {
        run(runtime);
    }

    private void run(JobRuntime on) throws Exception {
        StreamingQuery query = job(on).start();
        try {
            query.processAllAvailable();
        } finally {
            query.stop();
        }
    }

    private void send(String dataCenter, String... values) throws Exception {
        List<Future<?>> acknowledged = new ArrayList<>();
        for (String value : values) {
            acknowledged.add(producers
                    .get(dataCenter)
                    .send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8))));
        }
        for (Future<?> future : acknowledged) {
            future.get();
        }
    }

    private void sendTombstone(String dataCenter) throws Exception {
        producers
                .get(dataCenter)
                .send(new ProducerRecord<>(topic, "k".getBytes(StandardCharsets.UTF_8), null))
                .get();
    }

    private void send(String dataCenter, String key, String value, Map<String, String> headers) throws Exception {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                0,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        producers.get(dataCenter).send(record).get();
    }

    private void writeDataCenters(String... names) throws IOException {
        writeDataCenters(Map.of(), names);
    }

    /** @param added to the entries, by name */
    private void writeDataCenters(Map<String, String> added, String... names) throws IOException {
        List<String> all = names.length == 0 ? List.of("fra", "nyc") : List.of(names);
        Files.writeString(
                dataCenters,
                "data_centers:\n"
                        + all.stream()
                                .map(name -> "  - {name: " + name + ", bootstrap_servers: \""
                                        + kafka.bootstrapServers().get(name) + "\", topics: [" + topic + "]"
                                        + (added.containsKey(name) ? ", " + added.get(name) : "") + "}\n")
                                .collect(Collectors.joining()));
    }

    private void forgetSparksLastCommit() throws IOException {
        BatchMetadata last = commits().get(commits().size() - 1);
        Path noted = Path.of(java.net.URI.create(lake.defaultCheckpoint()))
                .resolve(last.checkpoint())
                .resolve("commits")
                .resolve(Long.toString(last.batch()));
        Files.delete(noted);
        Files.deleteIfExists(noted.resolveSibling("." + noted.getFileName() + ".crc"));
    }

    private void deleteCheckpoint() throws IOException {
        Path checkpoint = Path.of(java.net.URI.create(lake.defaultCheckpoint()));
        try (Stream<Path> files = Files.walk(checkpoint)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String event(String id, String time, String amount) {
        return "{\"event_id\":\"" + id + "\",\"event_time\":\"" + time + "\",\"order\":{\"amount\":" + amount + "}}";
    }

    private Dataset<Row> staged() {
        return runtime.spark().read().format("delta").load(lake.staging());
    }

    private Dataset<Row> quarantined() {
        return runtime.spark().read().format("delta").load(lake.quarantine());
    }

    private static List<String> ids(Dataset<Row> rows) {
        return rows.select(Columns.EVENT_ID).collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private List<BatchMetadata> commits() {
        CommitLog log =
                new CommitLog(lake.staging(), runtime.spark().sessionState().newHadoopConf());
        return log.after(-1).stream()
                .flatMap(commit -> commit.metadata().stream())
                .map(BatchMetadata.class::cast)
                .toList();
    }
}
