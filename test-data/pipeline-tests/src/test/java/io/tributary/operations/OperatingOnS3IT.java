package io.tributary.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.compaction.MergeJob;
import io.tributary.config.PipelineConfig;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Erasures of a lake on S3, in a bucket that keeps earlier versions. */
class OperatingOnS3IT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse(
            "{dedup: {state_partitions: 1}, trigger: {interval: 500ms, metadata_timeout: 1s}}", "test");
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private S3Lab s3;
    private Map<String, String> properties;
    private OperatorTool tool;
    private HadoopFiles files;
    private Lake lake;

    @BeforeEach
    void startS3(@TempDir Path dir) {
        s3 = S3Lab.start(
                ProjectRoot.find(),
                S3LabSpec.of(dir.resolve("s3")).withBucket("operating").withVersions());
        properties = s3.endpoint().properties();
        properties.forEach(System::setProperty);
        tool = new OperatorTool(HadoopSettings.ofProcess(), Clock.systemUTC());
        files = new HadoopFiles(HadoopSettings.ofProcess());
        lake = Lake.of(Optional.of(s3.uri("tables")), CONFIG);
    }

    @AfterEach
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

    private List<String> visible() {
        try (LocalRuntime runtime = LocalRuntime.open("operating-on-s3-it", 2)) {
            return new LakeSql(runtime.spark(), lake)
                    .query("SELECT event_id FROM events ORDER BY 1").collectAsList().stream()
                            .map(row -> row.getString(0))
                            .toList();
        }
    }
}
