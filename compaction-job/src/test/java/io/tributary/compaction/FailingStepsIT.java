package io.tributary.compaction;

import static io.tributary.lab.fixtures.StagedBatches.Staged.late;
import static io.tributary.lab.fixtures.StagedBatches.Staged.onTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.compaction.merge.Merger;
import io.tributary.config.PipelineConfig;
import io.tributary.error.OperatorActionException;
import io.tributary.lab.fixtures.LakeTemplate;
import io.tributary.lab.fixtures.StagedBatches;
import io.tributary.metrics.DataPoint;
import io.tributary.metrics.Metric;
import io.tributary.metrics.Metrics;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What one step of the merge job does to the others when it fails time and again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailingStepsIT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse("""
            merge: {compact_after_files: 3}
            rollups:
              - {name: counts, bucket: 1h, measures: [{name: events, type: count}]}
            """, "test");
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2026-01-05T07:00:00Z");

    @TempDir
    Path dir;

    private LocalRuntime runtime;
    private LakeTemplate template;
    private int lakes;
    private Lake lake;
    private StagedBatches staging;

    @BeforeAll
    void startSpark(@TempDir Path folder) {
        runtime = LocalRuntime.open("failing-steps-it", 2);
        template = LakeTemplate.of(runtime.spark(), folder, CONFIG);
    }

    @AfterAll
    void stopSpark() {
        runtime.close();
    }

    @BeforeEach
    void freshLake() {
        lake = template.copyTo(dir.resolve("lake-" + lakes++));
        staging = new StagedBatches(runtime.spark(), lake, NOW);
    }

    @Test
    void aRollupThatFailsForEverDoesNotCutMaintenanceOff() {
        runtime.spark().sql("CREATE TABLE delta.`" + lake.root() + "/counts` (a INT) USING delta");

        for (int run = 0; run < 4; run++) {
            staging.append(onTime("a" + run, NOW), late("b" + run, LONG_AGO));
            assertThatThrownBy(() -> job(Metrics.NONE).run())
                    .isInstanceOf(OperatorActionException.class)
                    .hasMessageContaining("is no rollup");
            assertThat(Thread.getAllStackTraces().keySet())
                    .as("maintenance is waited for")
                    .noneMatch(thread -> thread.getName().equals("maintenance"));
        }

        assertThat(operations()).contains("OPTIMIZE");
        assertThat(merged()).isEqualTo(8);
    }

    @Test
    void aMergeThatFailsLeavesTheRollupsToBeDone() throws IOException {
        staging.append(onTime("a", NOW));
        new Merger(runtime.spark(), CONFIG, lake).run();
        staging.append(onTime("b", NOW));
        damageStaging();

        assertThatThrownBy(() -> job(Metrics.NONE).run()).hasStackTraceContaining(".parquet");

        assertThat(runtime.spark()
                        .read()
                        .format("delta")
                        .load(lake.root() + "/counts")
                        .first()
                        .<Long>getAs("events"))
                .isEqualTo(1);
    }

    @Test
    void repeatedMergesGoOnAfterFailuresOfAnyClass() throws Exception {
        staging.append(onTime("a", NOW));
        byte[] whole = damageStaging();
        AtomicInteger rounds = new AtomicInteger();
        Metrics mendsAfterThreeFailures = onStepsFailed(failed -> {
            if (failed == 0) {
                Thread.currentThread().interrupt();
            } else if (rounds.incrementAndGet() == 3) {
                write(stagingFile(), whole);
            }
        });

        assertThatThrownBy(() -> job(mendsAfterThreeFailures).repeat(Duration.ofMillis(1)))
                .isInstanceOf(InterruptedException.class);

        assertThat(rounds).hasValue(3);
        assertThat(merged()).isEqualTo(1);
    }

    @Test
    void repeatedMergesEndWhenMergingFailsForGood() throws IOException {
        staging.append(onTime("a", NOW));
        damageStaging();
        AtomicInteger rounds = new AtomicInteger();

        assertThatThrownBy(() ->
                        job(onStepsFailed(failed -> rounds.incrementAndGet())).repeat(Duration.ofMillis(1)))
                .hasStackTraceContaining(".parquet");

        assertThat(rounds).hasValue(5);
    }

    @Test
    void repeatedMergesGoOnWhileARollupFails() throws InterruptedException {
        runtime.spark().sql("CREATE TABLE delta.`" + lake.root() + "/counts` (a INT) USING delta");
        AtomicInteger rounds = new AtomicInteger();
        Metrics stages = onStepsFailed(failed -> {
            assertThat(failed).isEqualTo(1);
            if (rounds.incrementAndGet() == 7) {
                Thread.currentThread().interrupt();
            } else {
                staging.append(onTime("a" + rounds, NOW));
            }
        });

        assertThatThrownBy(() -> job(stages).repeat(Duration.ofMillis(1))).isInstanceOf(InterruptedException.class);

        assertThat(merged()).isEqualTo(6);
    }

    private MergeJob job(Metrics metrics) {
        return new MergeJob(runtime, CONFIG, lake, metrics);
    }

    /** Listens to what each round of steps tells. */
    private static Metrics onStepsFailed(DoubleConsumer listener) {
        return new Metrics() {
            @Override
            public void publish(Instant at, List<DataPoint> measurements) {
                measurements.stream()
                        .filter(measurement -> measurement.metric() == Metric.MERGE_STEPS_FAILED)
                        .forEach(measurement ->
                                listener.accept(measurement.values().sum()));
            }

            @Override
            public void close() {}
        };
    }

    /** Empties the newest staging file and gives what it held. */
    private byte[] damageStaging() throws IOException {
        byte[] whole = Files.readAllBytes(stagingFile());
        write(stagingFile(), new byte[0]);
        return whole;
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path stagingFile() {
        String[] files =
                runtime.spark().read().format("delta").load(lake.staging()).inputFiles();
        return Stream.of(files)
                .map(file -> Path.of(URI.create(file)))
                .max(java.util.Comparator.comparing(file -> file.toFile().lastModified()))
                .orElseThrow();
    }

    private long merged() {
        return runtime.spark()
                .read()
                .format("delta")
                .load(lake.merged())
                .where("event_date IS NOT NULL")
                .count();
    }

    private List<String> operations() {
        return runtime
                .spark()
                .sql("DESCRIBE HISTORY delta.`" + lake.merged() + "`")
                .select("operation")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
