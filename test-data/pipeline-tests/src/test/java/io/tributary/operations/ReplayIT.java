package io.tributary.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.compaction.MergeJob;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.JavaCommand;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lake.view.LakeSql;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records come back by the stream, each once, whatever copies come and whoever is killed: real brokers, jobs and tables. */
class ReplayIT {

    private static final String RULES = """
            dedup: {state_partitions: 1, window: 1h, clock_skew: 5s}
            trigger: {interval: 500ms, metadata_timeout: 1s, max_replay_records: 2}
            """;
    private static final String UNKNOWN_FORMAT = "event: {time_format: \"dd.MM.yyyy HH:mm:ss\"}\n";
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int RECENT = 10;
    private static final int ALL = 20;
    private static final int GARBAGE = 30;

    @TempDir
    Path dir;

    private final OperatorTool tool = new OperatorTool();
    private final Instant now = Instant.now();
    private Path dataCenters;
    private Path config;
    private Lake lake;
    private KafkaLab kafka;
    private ChildProcess stream;

    @BeforeEach
    void startBrokers() throws IOException {
        lake = Lake.of(Optional.of(dir.resolve("lake").toUri().toString()), PipelineConfig.defaults());
        kafka = KafkaLab.start(ProjectRoot.find(), KafkaLabSpec.of(dir.resolve("brokers"), List.of("fra", "nyc")));
        dataCenters = Files.writeString(dir.resolve("data-centers.yaml"), """
                data_centers:
                  - {name: fra, bootstrap_servers: "%s", topics: [events], start: earliest}
                  - {name: nyc, bootstrap_servers: "%s", topics: [events], start: earliest}
                """.formatted(
                kafka.bootstrapServers().get("fra"), kafka.bootstrapServers().get("nyc")));
        config = dir.resolve("pipeline.yaml");
    }

    @AfterEach
    void stopAll() {
        stopStream();
        kafka.close();
    }

    @Test
    void refusedRecordsComeBackOnceWhateverCopiesComeAndAJobIsKilled() throws Exception {
        Files.writeString(config, UNKNOWN_FORMAT + RULES);
        for (int i = 0; i < ALL; i++) {
            send("fra", event(i));
        }
        send("fra", "not json");
        send("fra", "{\"event_id\":\"no time\"}");
        startStream();
        await(() -> quarantined() == ALL + 2);
        assertThat(tributary("quarantine", "list")).as(said()).isZero();
        assertThat(said()).contains("invalid_event_time       20", "next: tributary quarantine show --data-center fra");
        assertThat(tributary("quarantine", "show", "--reason", "not_json")).isZero();
        assertThat(said()).contains("not json (8 bytes)");
        assertThat(tributary("quarantine", "replay", "--reason", "not_json", "--because", "so it is", "--yes"))
                .isEqualTo(2);
        assertThat(said())
                .contains("0 of 1 would be events", "Nothing was requested, since a replay would change nothing")
                .contains("next: tributary quarantine show --reason not_json")
                .doesNotContain("--yes");
        assertThat(tributary("quarantine", "list", "--data-center", "fro")).isEqualTo(2);
        assertThat(said()).contains("There is no data center fro that was ever read; did you mean fra?");
        stopStream();

        Files.writeString(config, RULES);
        assertThat(tributary("quarantine", "replay", "--because", "mended", "--yes"))
                .as("the stream has not run with it")
                .isEqualTo(2);
        assertThat(said()).contains("Start the streaming job with the configuration that is meant");
        startStream();
        send("nyc", event(0));
        send("nyc", event(RECENT));
        await(() -> staged() == 2);
        merge();

        assertThat(tributary("quarantine", "replay", "--because", "mended")).isEqualTo(2);
        assertThat(said())
                .contains(
                        "20 of 22 would be events; 2 would still be refused: 1 missing_event_time, 1 not_json."
                                + " Of the events: 2 known, 18 new.",
                        "nothing was requested");
        assertThat(tributary("quarantine", "replay", "--because", "mended", "--yes", "--no-wait"))
                .as(said())
                .isZero();
        await(() -> replay(0).path("state").asText().equals("running"));
        stream.killAndWait();
        send("nyc", event(1));
        send("nyc", event(RECENT + 1));
        startStream();
        await(() -> replay(0).path("state").asText().equals("done"));
        assertThat(replay(0).path("read").asLong()).isEqualTo(ALL + 2);
        assertThat(replay(0).path("refused").asLong()).isEqualTo(2);
        assertThat(replay(0).path("by").asText()).isEqualTo(System.getProperty("user.name"));
        assertBalanced();

        merge();
        send("nyc", event(2));
        send("nyc", event(RECENT + 2));
        assertThat(tributary("quarantine", "replay", "--because", "once more", "--yes", "--timeout", "90s"))
                .as(said())
                .isZero();
        assertThat(said())
                .contains("Of the events: 20 known, 0 new.", "done: 22 read: ", "next: tributary quarantine list");
        await(() -> total("/read") == ALL + 2 + 6);
        stopStream();
        merge();

        assertThat(visible())
                .isEqualTo(
                        IntStream.range(0, ALL).mapToObj(i -> "e" + i).sorted().toList());
        assertThat(quarantined()).isEqualTo(ALL + 2);
        assertBalanced();
    }

    @Test
    void filesAndOffsetsAreReadByRequestAndABreakerHaltsWhoSendsGarbage() throws Exception {
        Files.writeString(
                config,
                RULES.replace("max_replay_records: 2", "max_replay_records: 100")
                        + "breaker: {max_rejected_percent: 50, window: 5m, min_records: 20}\n");
        sendEvents("fra", 0, 10);
        send("nyc", Collections.nCopies(GARBAGE, "garbage").toArray(String[]::new));
        startStream();
        await(() -> quarantined() == GARBAGE && staged() == 10);
        sendEvents("nyc", 10, 15);
        sendEvents("fra", 15, 16);
        await(() -> staged() == 11);
        await(() -> {
            tributary("dc", "explain", "nyc", "--data-centers", dataCenters.toString());
            return said().contains("is halted: 30 of the last 30 records were rejected");
        });
        assertThat(said())
                .contains(
                        "accept_rejects: [events-0 from offset 0]",
                        "read meanwhile: fra",
                        "next: tributary dc resume nyc");
        assertThat(tributary(
                        "dc",
                        "resume",
                        "nyc",
                        "--because",
                        "mended",
                        "--yes",
                        "--data-centers",
                        dataCenters.toString()))
                .as(said())
                .isZero();
        assertThat(Files.readString(dataCenters)).contains("accept_rejects: [\"events-0 from offset 0\"]}");
        assertThat(tributary("dc", "resume", "nyc", "--data-centers", dataCenters.toString()))
                .isZero();
        assertThat(said()).contains("nothing to do");
        await(() -> staged() == 16);

        assertThat(replay("fra", "--partition", "events-0", "--from", "2", "--until", "5"))
                .isEqualTo(2);
        assertThat(said())
                .contains(
                        "fra: 3 offsets of 1 partitions would be read again.",
                        "3 of 3 would be events. Of the events: 3 known, 0 new.",
                        "nothing was requested");
        String hourAgo = now.minus(Duration.ofHours(1)).toString();
        String inAnHour = now.plus(Duration.ofHours(1)).toString();
        assertThat(replay("fra", "--from", hourAgo, "--until", inAnHour, "--yes"))
                .as(said())
                .isZero();
        assertThat(said()).contains("done: 11 read: 0 are staged, 11 were known, 0 are refused");
        assertThat(replay("nyc", "--from", hourAgo, "--until", inAnHour, "--yes"))
                .as(said())
                .isZero();
        assertThat(said())
                .contains(
                        "5 of 35 would be events; 30 would still be refused: 30 not_json. Of the events: 5 known, 0 new.",
                        "done: 35 read: 0 are staged, 5 were known, 30 are refused");

        writeFiles();
        assertThat(backfill("lines", "json_lines", "archive")).as(said()).isZero();
        assertThat(said())
                .contains(
                        "2 files of ",
                        "6 of 7 would be events; 1 would still be refused: 1 not_json. Of the events: 1 known, 5 new.",
                        "done: 7 read: 5 are staged, 1 were known, 1 are refused");
        assertThat(backfill("columns", "parquet", "older")).as(said()).isZero();
        assertThat(said()).contains("done: 1 read: 1 are staged, 0 were known, 0 are refused");
        stopStream();
        merge();

        assertThat(visible())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                IntStream.range(0, 16).mapToObj(i -> "e" + i),
                                IntStream.range(0, 6).mapToObj(i -> "old" + i))
                        .toList());
        assertThat(tributary("log", "--kind", "replay")).as(said()).isZero();
        assertThat(said()).contains("archive", "older", "nyc");
        assertThat(tributary("quarantine", "list")).isZero();
        assertThat(said()).contains("archive", "not_json", "30");
        assertBalanced();
    }

    private int replay(String dataCenter, String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay", dataCenter, "--because", "INC-7"));
        all.addAll(List.of("--data-centers", dataCenters.toString(), "--timeout", "90s"));
        all.addAll(List.of(arguments));
        return tributary(all.toArray(String[]::new));
    }

    private int backfill(String folder, String format, String dataCenter) {
        return tributary(
                "backfill",
                "--files",
                dir.resolve(folder).toString(),
                "--format",
                format,
                "--data-center",
                dataCenter,
                "--because",
                "history",
                "--timeout",
                "90s",
                "--yes");
    }

    /** A known event, five old ones, and what is none, in lines; and one old event in columns. */
    private void writeFiles() throws IOException {
        Path lines = Files.createDirectories(dir.resolve("lines"));
        Files.writeString(
                lines.resolve("a.jsonl"), event(3) + "\n" + old(0) + "\n\nno json\n" + old(1) + "\n" + old(2));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(lines.resolve("b.jsonl.gz")))) {
            out.write((old(3) + "\n" + old(4) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        try (LocalRuntime runtime = LocalRuntime.open("replay-it", 2)) {
            runtime.spark()
                    .sql("SELECT 'old5' AS event_id, '2020-02-03T04:05:06Z' AS event_time")
                    .write()
                    .parquet(dir.resolve("columns").toString());
        }
    }

    private static String old(int i) {
        return "{\"event_id\":\"old%d\",\"event_time\":\"2020-01-0%dT00:00:00Z\"}".formatted(i, i + 1);
    }

    private void sendEvents(String dataCenter, int from, int until) throws Exception {
        send(dataCenter, IntStream.range(from, until).mapToObj(this::event).toArray(String[]::new));
    }

    private String event(int i) {
        Instant at = i < RECENT ? now : now.minus(Duration.ofDays(30));
        return "{\"event_id\":\"e%d\",\"event_time\":\"%s\"}".formatted(i, at);
    }

    private void send(String dataCenter, String... values) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers().get(dataCenter)),
                new StringSerializer(),
                new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>("events", 0, null, value)).get();
            }
        }
    }

    private void startStream() {
        List<String> command =
                JavaCommand.ofSpark(ProjectRoot.find(), "glue-jobs", "512m", "io.tributary.ingest.IngestJob", Map.of());
        command.addAll(List.of("--runtime", "local", "--lake", lake.root()));
        command.addAll(List.of("--config", config.toString(), "--data-centers", dataCenters.toString()));
        stream = ChildProcess.startLogged("stream", command, dir.resolve("stream.log"));
    }

    private void stopStream() {
        if (stream != null) {
            stream.close();
        }
    }

    private void await(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end || !stream.isAlive()) {
                throw stream.failure("did not come so far");
            }
            Thread.sleep(300);
        }
    }

    private long quarantined() {
        return total("/quarantined");
    }

    private long staged() {
        return total("/staged");
    }

    /** The sum over the batches, by the staging table's log. */
    private long total(String field) {
        Path log = Path.of(java.net.URI.create(lake.staging())).resolve("_delta_log");
        if (!Files.exists(log)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(log)) {
            long sum = 0;
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".json")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode info = new ObjectMapper().readTree(line).path("commitInfo");
                    sum += info.has("userMetadata")
                            ? ofRanges(info.path("userMetadata").asText(), field)
                            : 0;
                }
            }
            return sum;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long ofRanges(String metadata, String field) throws IOException {
        long sum = 0;
        for (JsonNode topics : new ObjectMapper().readTree(metadata).path("ranges")) {
            for (Map.Entry<String, JsonNode> topic : topics.properties()) {
                for (JsonNode range : topic.getKey().contains(":") ? List.<JsonNode>of() : topic.getValue()) {
                    sum += range.at(field).asLong();
                }
            }
        }
        return sum;
    }

    private JsonNode replay(int index) {
        assertThat(tributary("quarantine", "list", "--json")).as(said()).isZero();
        try {
            return new ObjectMapper().readTree(tool.answer()).at("/replays/" + index);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void merge() throws IOException {
        try (LocalRuntime runtime = LocalRuntime.open("replay-it", 2)) {
            new MergeJob(runtime, PipelineConfig.parse(Files.readString(config), "test"), lake).run();
        }
    }

    private List<String> visible() {
        try (LocalRuntime runtime = LocalRuntime.open("replay-it", 2)) {
            return new LakeSql(runtime.spark(), lake)
                    .query("SELECT event_id FROM events").collectAsList().stream()
                            .map(row -> row.getString(0))
                            .sorted()
                            .toList();
        }
    }

    private void assertBalanced() {
        assertThat(tributary("audit", "--deep")).as(said()).isZero();
    }

    private int tributary(String... arguments) {
        return tool.run(List.of("--lake", lake.root(), "--config", config.toString()), arguments);
    }

    private String said() {
        return tool.said();
    }
}
