package io.tributary.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.compaction.MergeJob;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.IngestJob;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.StagingLog;
import io.tributary.lake.view.LakeSql;
import io.tributary.offsets.RangeStats;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that are erased by the command line while copies of them go on coming through real brokers. */
class EraseIT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse(
            "{dedup: {state_partitions: 1}, trigger: {interval: 500ms, metadata_timeout: 1s}}", "test");

    @TempDir
    Path dir;

    private final OperatorTool tool = new OperatorTool();
    private Path file;
    private Lake lake;
    private String servers;

    @Test
    void anErasedEventStaysGoneWhateverComes() throws Exception {
        lake = Lake.of(Optional.of(dir.resolve("lake").toUri().toString()), CONFIG);
        try (KafkaLab kafka =
                KafkaLab.start(ProjectRoot.find(), KafkaLabSpec.of(dir.resolve("brokers"), List.of("fra")))) {
            servers = kafka.bootstrapServers().get("fra");
            file = Files.writeString(
                    dir.resolve("data-centers.yaml"),
                    "data_centers:\n  - {name: fra, bootstrap_servers: \"" + servers + "\", topics: [events]}\n");
            String now = Instant.now().toString();
            send(event("merged", now), event("stays", now), "{\"event_id\":\"merged\",\"event_");
            stream();
            merge();
            assertThat(erase("--event-id", "", "--because", "test", "--yes"))
                    .as("an id that a script left unset")
                    .isEqualTo(2);
            assertThat(said()).contains("An event's id is never blank");
            assertThat(erase("--event-id", "merge", "--because", "test"))
                    .as("a part of an id")
                    .isEqualTo(2);
            assertThat(said()).doesNotContain("events_quarantine");
            send(event("staged", now), event("late", "2026-01-01T00:00:00Z"));
            stream();

            assertThat(erase("--event-id", "merged", "--because", "test"))
                    .as("a preview")
                    .isEqualTo(2);
            assertThat(said()).contains("events_merged      fra", "events_quarantine  fra", "nothing was written");
            assertThat(erase("--event-id", "merged", "--yes"))
                    .as("without a reason")
                    .isEqualTo(2);
            assertThat(erase(
                            "--event-id",
                            "merged",
                            "--event-id",
                            "staged",
                            "--event-id",
                            "late",
                            "--event-id",
                            "never-seen",
                            "--because",
                            "test",
                            "--yes"))
                    .as(said())
                    .isZero();
            assertThat(said()).contains("recorded as erasure 1, 2");

            send(event("never-seen", now), event("merged", now), event("new", now));
            stream();
            assertThat(total(newest())).as("the state knows one of the two").isEqualTo(List.of(3L, 1L, 1L, 1L));
            merge();
            assertThat(tables()).containsExactly(List.of("new", "stays"), List.of("new", "stays"), List.of());

            deleteCheckpoint();
            send(
                    event("merged", now),
                    event("late", "2026-01-01T00:00:00Z"),
                    event("newer", now),
                    event("staged", "yesterday"));
            stream();
            assertThat(total(newest()))
                    .as("the state knows nothing; a rejected copy is left out as well")
                    .isEqualTo(List.of(4L, 1L, 0L, 3L));
            merge();
            assertThat(tables())
                    .containsExactly(List.of("new", "newer", "stays"), List.of("new", "newer", "stays"), List.of());

            assertThat(erase("--proof", "1")).isZero();
            assertThat(said()).contains("events_merged version", "events_staging version", "ROWS REMOVED");
            assertThat(erase("--proof", "2")).isZero();
            assertThat(said()).contains("events_quarantine version");
            assertThat(tributary("audit", "--deep")).as(said()).isZero();
            assertThat(said()).contains("records of erased events, in no table");
        }
    }

    private int erase(String... options) {
        List<String> all = new ArrayList<>(List.of("erase"));
        all.addAll(List.of(options));
        return tributary(all.toArray(String[]::new));
    }

    private int tributary(String... arguments) {
        return tool.run(List.of("--lake", lake.root()), arguments);
    }

    private String said() {
        return tool.said();
    }

    private void stream() throws Exception {
        try (LocalRuntime runtime = LocalRuntime.open("erase-it", 2)) {
            StreamingQuery query =
                    new IngestJob(runtime, CONFIG, file.toUri().toString(), lake, lake.defaultCheckpoint()).start();
            try {
                query.processAllAvailable();
            } finally {
                query.stop();
            }
        }
    }

    private void merge() {
        try (LocalRuntime runtime = LocalRuntime.open("erase-it", 2)) {
            new MergeJob(runtime, CONFIG, lake).run();
        }
    }

    /** The ids of the view and of staging, and the rows of the quarantine. */
    private List<List<String>> tables() {
        try (LocalRuntime runtime = LocalRuntime.open("erase-it", 2)) {
            LakeSql sql = new LakeSql(runtime.spark(), lake);
            return List.of(
                            "SELECT event_id FROM events",
                            "SELECT event_id FROM events_raw",
                            "SELECT reason FROM events_quarantine")
                    .stream()
                    .map(query -> sql.query(query + " ORDER BY 1").collectAsList().stream()
                            .map(row -> row.getString(0))
                            .toList())
                    .toList();
        }
    }

    private BatchMetadata newest() {
        return new StagingLog(new CommitLog(lake.staging(), new Configuration()))
                .newest()
                .orElseThrow();
    }

    /** Read, staged, duplicate, erased. */
    private static List<Long> total(BatchMetadata batch) {
        RangeStats total = batch.total();
        return List.of(total.read(), total.staged(), total.duplicate(), total.erased());
    }

    private void deleteCheckpoint() throws Exception {
        Path checkpoints = dir.resolve("lake/_checkpoint");
        Files.move(checkpoints, dir.resolve("lost"));
    }

    private void send(String... records) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
            for (String record : records) {
                producer.send(new ProducerRecord<>("events", record)).get();
            }
        }
    }

    private static String event(String id, String time) {
        return "{\"event_id\":\"%s\",\"event_time\":\"%s\"}".formatted(id, time);
    }
}
