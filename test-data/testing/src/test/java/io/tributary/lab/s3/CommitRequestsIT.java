package io.tributary.lab.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.fixtures.StagedBatches;
import io.tributary.lab.fixtures.StagedBatches.Staged;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lake.LakeTables;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a commit of the stream asks of S3, which is a good part of what a lake costs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommitRequestsIT {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private S3Lab s3;
    private Map<String, String> properties;
    private LocalRuntime runtime;

    @BeforeAll
    void startS3AndSpark(@TempDir Path dir) {
        s3 = S3Lab.start(
                ProjectRoot.find(),
                S3LabSpec.of(dir.resolve("s3")).withBucket("requests").withFront(1));
        properties = s3.endpoint().properties();
        properties.forEach(System::setProperty);
        runtime = LocalRuntime.open("commit-requests-it", 2);
        // As the streaming job sets it.
        runtime.spark().conf().set("spark.databricks.delta.allFilesInCrc.enabled", "false");
    }

    @AfterAll
    void stopS3AndSpark() {
        runtime.close();
        properties.keySet().forEach(System::clearProperty);
        s3.close();
    }

    /** The log grows between two checkpoints, and a commit must not read all of it. */
    @Test
    void aCommitAsksForTheSameHoweverManyWereMadeSinceTheCheckpoint() {
        Lake lake = Lake.of(Optional.of(s3.uri("lake")), PipelineConfig.defaults());
        new LakeTables(runtime.spark()).ensure(lake, List.of());
        StagedBatches batches = new StagedBatches(runtime.spark(), lake, START);
        append(batches, 1);
        s3.front().takeCounts();

        SortedMap<String, Integer> second = append(batches, 2);
        for (int i = 3; i < 9; i++) {
            append(batches, i);
        }
        SortedMap<String, Integer> ninth = append(batches, 9);
        SortedMap<String, Integer> withCheckpoint = append(batches, 10);

        assertThat(ninth).isEqualTo(second);
        requireAtMost(Map.of("GET", 2, "HEAD", 8, "LIST", 5, "PUT", 4, "DELETE", 1), ninth);
        requireAtMost(Map.of("GET", 14, "HEAD", 22, "LIST", 10, "PUT", 6, "DELETE", 1), withCheckpoint);
    }

    private static void requireAtMost(Map<String, Integer> limits, SortedMap<String, Integer> counts) {
        assertThat(limits.keySet()).as("limits of %s", counts).containsAll(counts.keySet());
        limits.forEach((kind, most) -> assertThat(counts.getOrDefault(kind, 0))
                .as("%s of %s", kind, counts)
                .isLessThanOrEqualTo(most));
    }

    private SortedMap<String, Integer> append(StagedBatches batches, int number) {
        batches.pause(Duration.ofSeconds(10));
        batches.append(Staged.onTime("e-" + number, START.plusSeconds(number)));
        return s3.front().takeCounts();
    }
}
