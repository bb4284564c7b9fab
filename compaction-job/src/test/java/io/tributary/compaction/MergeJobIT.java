package io.tributary.compaction;

import static io.tributary.lab.fixtures.StagedBatches.Staged.late;
import static io.tributary.lab.fixtures.StagedBatches.Staged.onTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.tributary.compaction.merge.MergeOutcome;
import io.tributary.compaction.merge.Merger;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.fixtures.LakeTemplate;
import io.tributary.lab.fixtures.StagedBatches;
import io.tributary.lake.LakeTables;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.view.LakeSql;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Option;

/** The merge job over real Delta tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MergeJobIT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse("merge: {compact_after_files: 3}", "test");
    private static final Instant NOW = Instant.parse("2026-03-01T23:59:58Z");
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
        runtime = LocalRuntime.open("merge-it", 2);
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
    void firstCopiesAndTheWatermarkMoveInOneCommit() {
        staging.append(onTime("a", NOW), late("b", LONG_AGO), late("b", LONG_AGO));
        staging.append(late("a", NOW), onTime("c", NOW));

        long before = mergedVersion();
        MergeOutcome.Merged merged = (MergeOutcome.Merged) merge();

        assertThat(mergedVersion()).isEqualTo(before + 1);
        assertThat(mergedIds()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(MergeWatermark.read(merged())).isEqualTo(new MergeWatermark(NOW.plusSeconds(1), 1));
        assertThat(merged.metadata().total().staged()).isEqualTo(5);
        assertThat(merged.metadata().total().duplicates()).isEqualTo(2);
        assertThat(merged.metadata().mergedByDate()).hasSize(2);
    }

    @Test
    void aLateCopyOfWhatIsMergedIsARepeat() {
        staging.append(onTime("a", NOW), late("b", LONG_AGO));
        merge();
        staging.append(late("a", NOW), late("b", LONG_AGO), late("d", LONG_AGO));
        MergeOutcome.Merged second = (MergeOutcome.Merged) merge();

        assertThat(mergedIds()).containsExactlyInAnyOrder("a", "b", "d");
        assertThat(second.metadata().total().duplicates()).isEqualTo(2);
        assertThat(second.metadata().previousWatermark()).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void aCopyIsFoundInAFileWhoseStatisticsCutItsTime() {
        Instant withMicroseconds = NOW.plusNanos(999_000);
        staging.append(onTime("a", withMicroseconds));
        merge();
        staging.append(late("a", withMicroseconds));
        merge();

        assertThat(mergedIds()).containsExactly("a");
    }

    @Test
    void aMergeThatRunsTwiceChangesNothing() {
        staging.append(onTime("a", NOW));
        merge();
        long version = mergedVersion();

        assertThat(merge()).isEqualTo(new MergeOutcome.NoNewData());
        assertThat(mergedVersion()).isEqualTo(version);
    }

    @Test
    void rowsThatWereMovedToOtherFilesBeforeTheirMergeAreMergedOnce() {
        staging.append(onTime("a", NOW));
        merge();
        staging.append(onTime("b", NOW), late("c", LONG_AGO));
        staging.append(onTime("d", NOW));
        DeltaTable.forPath(runtime.spark(), lake.staging()).optimize().executeCompaction();
        staging.append(onTime("e", NOW));
        merge();

        assertThat(mergedIds()).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    @Test
    void rowsThatWereDeletedBeforeTheirMergeAreNotMerged() {
        staging.append(onTime("a", NOW));
        merge();
        staging.append(onTime("b", NOW), onTime("c", NOW));
        DeltaTable.forPath(runtime.spark(), lake.staging()).delete("event_id IN ('a', 'b')");
        merge();

        assertThat(mergedIds()).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void rowsAreFoundWhenTheirCommitHasLeftTheLog() throws IOException {
        staging.append(onTime("a", NOW));
        merge();
        staging.append(onTime("b", NOW));
        staging.append(onTime("c", NOW));
        Files.delete(secondCommitBelowACheckpoint());
        merge();

        assertThat(mergedIds()).containsExactlyInAnyOrder("a", "b", "c");
    }

    /** Its versions begin anew, and say nothing about what earlier merges have read. */
    @ParameterizedTest
    @ValueSource(ints = {1, 6})
    void rowsOfAnotherStagingTableAreAllMerged(int batches) {
        staging.append(onTime("a", NOW));
        staging.append(onTime("b", NOW));
        merge();
        PipelineConfig other = PipelineConfig.parse("tables: {staging: staging_made_anew}", "test");
        lake = Lake.of(Optional.of(lake.merged().replaceAll("/[^/]*$", "")), other);
        new LakeTables(runtime.spark()).ensure(lake, other.columns());
        StagedBatches anew = new StagedBatches(runtime.spark(), lake, NOW.plusSeconds(60));
        List<String> expected = new ArrayList<>(List.of("a", "b"));
        for (int i = 0; i < batches; i++) {
            anew.append(onTime("c" + i, NOW));
            expected.add("c" + i);
        }
        new Merger(runtime.spark(), other, lake).run();

        assertThat(mergedIds()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void whatAMergeMovedThatSomebodyUndidIsMergedAgain() {
        staging.append(onTime("a", NOW));
        merge();
        long good = mergedVersion();
        staging.append(onTime("b", NOW), late("c", LONG_AGO));
        merge();
        DeltaTable.forPath(runtime.spark(), lake.merged()).restoreToVersion(good);
        assertThat(mergedIds()).containsExactly("a");

        merge();
        staging.append(onTime("d", NOW));
        merge();

        assertThat(mergedIds()).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(MergeWatermark.read(merged())).isEqualTo(new MergeWatermark(NOW.plusSeconds(2), 4));
    }

    @Test
    void rowsAreFoundWhenTheLogOfTheirCommitIsDamaged() throws IOException {
        staging.append(onTime("a", NOW));
        merge();
        staging.append(onTime("b", NOW));
        staging.append(onTime("c", NOW));
        Path commit = secondCommitBelowACheckpoint();
        Files.write(commit, Files.readAllLines(commit).subList(0, 1));
        merge();

        assertThat(mergedIds()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void theViewShowsEachEventOnceBeforeAndAfterItsMerge() {
        LakeSql sql = new LakeSql(runtime.spark(), lake);
        assertThat(visible(sql)).isEmpty();
        staging.append(onTime("a", NOW), late("b", LONG_AGO));
        assertThat(visible(sql)).containsExactly("a");
        merge();
        assertThat(visible(sql)).containsExactlyInAnyOrder("a", "b");
        staging.append(onTime("c", NOW), late("a", NOW), late("e", LONG_AGO));
        assertThat(visible(sql)).containsExactlyInAnyOrder("a", "b", "c");
        merge();
        assertThat(visible(sql)).containsExactlyInAnyOrder("a", "b", "c", "e");
    }

    @Test
    void aViewThatIsNotRefreshedStaysExactWhileMergesGoOn() {
        staging.append(onTime("a", NOW));
        LakeSql sql = new LakeSql(runtime.spark(), lake);
        sql.refresh();
        merge();
        staging.append(onTime("b", NOW));
        merge();

        assertThat(ids(runtime.spark().sql("SELECT event_id FROM events"))).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void ofTwoMergesAtOnceOneWinsAndTheOtherLeavesNothing() throws Exception {
        for (int round = 0; round < 3; round++) {
            staging.append(onTime("r" + round, NOW), late("l" + round, LONG_AGO));
            ExecutorService threads = Executors.newFixedThreadPool(2);
            CyclicBarrier together = new CyclicBarrier(2);
            List<Future<MergeOutcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                outcomes.add(threads.submit(() -> {
                    together.await();
                    return new Merger(runtime.spark(), CONFIG, lake).run();
                }));
            }
            int merged = 0;
            for (Future<MergeOutcome> outcome : outcomes) {
                merged += outcome.get() instanceof MergeOutcome.Merged ? 1 : 0;
            }
            threads.shutdown();
            assertThat(merged).isEqualTo(1);
        }
        assertThat(mergedIds()).containsExactlyInAnyOrder("r0", "l0", "r1", "l1", "r2", "l2");
    }

    @Test
    void crowdedPartitionsArePackedAndOldWatermarksDropped() {
        for (int i = 0; i < 4; i++) {
            staging.append(onTime("e" + i, NOW));
            merge();
        }
        List<String> files = List.of(merged().inputFiles());

        assertThat(mergedIds()).containsExactlyInAnyOrder("e0", "e1", "e2", "e3");
        assertThat(files).hasSizeLessThanOrEqualTo(4);
        assertThat(MergeWatermark.read(merged())).isEqualTo(new MergeWatermark(NOW.plusSeconds(3), 4));
    }

    @Test
    void aBackfillOverManyDatesIsOneCommit() {
        List<StagedBatches.Staged> events = new ArrayList<>();
        for (int day = 0; day < 90; day++) {
            events.add(late("e" + day, LONG_AGO.minus(Duration.ofDays(day * 30L))));
        }
        staging.append(events.toArray(StagedBatches.Staged[]::new));
        staging.append(events.toArray(StagedBatches.Staged[]::new));

        MergeOutcome.Merged merged = (MergeOutcome.Merged) merge();

        assertThat(merged.metadata().mergedByDate()).hasSize(90);
        assertThat(mergedIds()).hasSize(90).doesNotHaveDuplicates();
    }

    private Path secondCommitBelowACheckpoint() {
        DeltaLog log = DeltaLog.forTable(runtime.spark(), lake.staging());
        log.checkpoint(log.update(false, Option.empty(), Option.empty()), Option.empty());
        return Path.of(URI.create(log.logPath().toString())).resolve("00000000000000000002.json");
    }

    private MergeOutcome merge() {
        return new MergeJob(runtime, CONFIG, lake).run();
    }

    private long mergedVersion() {
        return new CommitLog(lake.merged(), runtime.spark().sessionState().newHadoopConf()).newestVersion();
    }

    private Dataset<Row> merged() {
        return runtime.spark().read().format("delta").load(lake.merged());
    }

    private List<String> mergedIds() {
        return ids(merged().where("event_date IS NOT NULL"));
    }

    private List<String> visible(LakeSql sql) {
        return ids(sql.query("SELECT * FROM events"));
    }

    private static List<String> ids(Dataset<Row> rows) {
        return rows.select("event_id").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
