package io.tributary.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.compaction.MergeJob;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.IngestJob;
import io.tributary.lab.fixtures.StagedBatches;
import io.tributary.lab.fixtures.StagedBatches.Staged;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.s3.S3Lab;
import io.tributary.lab.s3.S3LabSpec;
import io.tributary.lake.LakeTables;
import io.tributary.lake.view.LakeSql;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.HadoopSettings;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Erasures and replays of a lake on S3, in a bucket that keeps earlier versions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatingOnS3IT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse(
            "{dedup: {state_partitions: 1}, trigger: {interval: 500ms, metadata_timeout: 1s}}", "test");
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private S3Lab s3;
    private Map<String, String> properties;
    private OperatorTool tool;
    private HadoopFiles files;
    private Lake lake;
    private int lakes;

    @BeforeAll
    void startS3(@TempDir Path dir) {
        s3 = S3Lab.start(
                ProjectRoot.find(),
                S3LabSpec.of(dir.resolve("s3")).withBucket("operating").withVersions());
        properties = s3.endpoint().properties();
        properties.forEach(System::setProperty);
        tool = new OperatorTool(HadoopSettings.ofProcess(), Clock.systemUTC());
        files = new HadoopFiles(HadoopSettings.ofProcess());
    }

    /** Hadoop keeps its connections to S3, so that the server is the same for all tests. */
    @BeforeEach
    void freshLake() {
        lake = Lake.of(Optional.of(s3.uri("lake-" + lakes++)), CONFIG);
    }

    @AfterAll
    void stopS3() {
        properties.keySet().forEach(System::clearProperty);
        s3.close();
    }

    @Test
    void whatTheBucketKeepsOfErasedFilesIsProvenAndPurged() throws Exception {
        try (LocalRuntime runtime = LocalRuntime.open("operating-on-s3-it", 2)) {
            new LakeTables(runtime.spark()).ensure(lake, CONFIG.columns());
            StagedBatches staging = new StagedBatches(runtime.spark(), lake, NOW);
            staging.append(Staged.onTime("gone", NOW), Staged.onTime("stays", NOW));
            new MergeJob(runtime, CONFIG, lake).run();
        }
        assertThat(run("erase", "--event-id", "gone", "--because", "test", "--yes"))
                .as(tool.said())
                .isZero();
        merge();

        JsonNode removed = proof();
        assertThat(removed.get("files_left").asInt()).isEqualTo(2);
        assertThat(removed.get("versions_left").asInt()).isZero();
        removed.get("files").forEach(file -> files.delete(file.get("uri").asText()));

        JsonNode deleted = proof();
        assertThat(deleted.get("files_left").asInt()).isZero();
        assertThat(deleted.get("versions_left").asInt()).isEqualTo(2);
        assertThat(deleted.get("fulfilled").asBoolean()).isFalse();
        assertThat(run("erase", "--proof", "1")).isZero();
        assertThat(tool.said()).contains(", but the bucket keeps 1 earlier versions, the newest of ");

        assertThat(run("erase", "--purge", "1")).isEqualTo(2);
        assertThat(tool.said()).contains("the bucket keeps 2 earlier versions", "nothing was deleted");
        assertThat(run("erase", "--purge", "1", "--yes")).as(tool.said()).isZero();
        assertThat(tool.said()).contains("2 deleted");
        assertThat(proof().get("versions_left").asInt()).isZero();
        assertThat(visible()).containsExactly("stays");
        assertThat(run("audit", "--deep")).as(tool.said()).isZero();
    }

    @Test
    void filesAndRecordsOfTheQuarantineAreReplayed() throws Exception {
        files.write(s3.uri("data-centers.yaml"), "data_centers: []\n");
        files.write(
                s3.uri("archive/a.jsonl"),
                event("old1") + "\n" + event("old2") + "\nno json\n"
                        + event("old3").replace("2025-01-01T00:00:00Z", "02.01.2025") + "\n");
        try (LocalRuntime runtime = LocalRuntime.open("operating-on-s3-it", 2)) {
            new LakeTables(runtime.spark()).ensure(lake, CONFIG.columns());
        }
        assertThat(run(
                        "backfill",
                        "--files",
                        s3.uri("archive"),
                        "--data-center",
                        "archive",
                        "--because",
                        "history",
                        "--yes",
                        "--no-wait"))
                .as(tool.said())
                .isZero();
        assertThat(tool.said()).contains("2 of 4 would be events", "0 known, 2 new");
        stream();
        merge();
        assertThat(visible()).containsExactly("old1", "old2");

        // Nobody reads a paused data center, and its mapping counts for the records that came in under its name.
        files.write(s3.uri("data-centers.yaml"), """
                data_centers:
                  - name: archive
                    bootstrap_servers: 127.0.0.1:1
                    topics: [none]
                    state: paused
                    event: {time_format: [default, dd.MM.yyyy]}
                """);
        assertThat(run(
                        "quarantine",
                        "replay",
                        "--data-centers",
                        s3.uri("data-centers.yaml"),
                        "--because",
                        "again",
                        "--yes",
                        "--no-wait"))
                .as(tool.said())
                .isZero();
        assertThat(tool.said()).contains("1 of 2 would be events");
        stream();
        merge();
        assertThat(visible()).containsExactly("old1", "old2", "old3");
        assertThat(run("quarantine", "list")).isZero();
        assertThat(tool.said())
                .contains(
                        "done: 4 read: 2 are staged, 0 were known, 2 are refused",
                        "done: 2 read: 1 are staged, 0 were known, 1 are refused");
        assertThat(run("audit", "--deep")).as(tool.said()).isZero();
    }

    private int run(String... arguments) {
        return tool.run(List.of("--lake", lake.root()), arguments);
    }

    private JsonNode proof() throws IOException {
        assertThat(run("erase", "--proof", "1", "--json")).as(tool.said()).isZero();
        return new ObjectMapper().readTree(tool.answer());
    }

    private void merge() {
        try (LocalRuntime runtime = LocalRuntime.open("operating-on-s3-it", 2)) {
            new MergeJob(runtime, CONFIG, lake).run();
        }
    }

    private void stream() throws Exception {
        try (LocalRuntime runtime = LocalRuntime.open("operating-on-s3-it", 2)) {
            StreamingQuery query =
                    new IngestJob(runtime, CONFIG, s3.uri("data-centers.yaml"), lake, lake.defaultCheckpoint()).start();
            try {
                query.processAllAvailable();
            } finally {
                query.stop();
            }
        }
    }

    private List<String> visible() {
        try (LocalRuntime runtime = LocalRuntime.open("operating-on-s3-it", 2)) {
            return new LakeSql(runtime.spark(), lake)
                    .query("SELECT event_id FROM events ORDER BY 1").collectAsList().stream()
                            .map(row -> row.getString(0))
                            .toList();
        }
    }

    private static String event(String id) {
        return "{\"event_id\":\"%s\",\"event_time\":\"2025-01-01T00:00:00Z\"}".formatted(id);
    }
}
