package io.tributary.compaction;

import static io.tributary.lab.fixtures.StagedBatches.Staged.late;
import static io.tributary.lab.fixtures.StagedBatches.Staged.onTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.tributary.compaction.merge.Merger;
import io.tributary.compaction.rollup.RollupOutcome;
import io.tributary.compaction.rollup.Rollups;
import io.tributary.config.PipelineConfig;
import io.tributary.error.OperatorActionException;
import io.tributary.lab.fixtures.LakeTemplate;
import io.tributary.lab.fixtures.StagedBatches;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.view.LakeSql;
import io.tributary.runtime.LocalRuntime;
import io.tributary.runtime.StepRunner;
import io.tributary.schema.Lake;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rollups over real Delta tables: whatever happens, they hold what a query over the merged table gives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollupsIT {

    private static final String EARLY = """
            merge: {compact_after_files: 3}
            columns:
              - {name: amount, type: "decimal(38,2)", from: /amount}
              - {name: items, type: long, from: /items}
              - {name: buyer, type: string, from: /buyer}
            """;
    private static final String MINUTES = """
            rollups:
              - name: minutes
                bucket: 5m
                group_by: [data_center, buyer]
                measures:
                  - {name: orders, type: count}
                  - {name: paid, type: count, column: amount}
                  - {name: total, type: sum, column: amount}
                  - {name: pieces, type: sum, column: items}
                  - {name: least, type: min, column: amount}
                  - {name: latest, type: max, column: event_time}
                  - {name: buyers, type: approx_distinct, column: buyer}
            """;
    private static final String DAYS = """
              - name: days
                bucket: 1d
                measures:
                  - {name: orders, type: count}
                  - {name: ids, type: approx_distinct, column: event_id}
            """;
    private static final PipelineConfig ONE = PipelineConfig.parse(EARLY + MINUTES, "one");
    private static final PipelineConfig BOTH = PipelineConfig.parse(EARLY + MINUTES + DAYS, "both");
    private static final Instant NOW = Instant.parse("2026-03-01T23:50:00Z");

    @TempDir
    Path dir;

    private LocalRuntime runtime;
    private LakeTemplate template;
    private int lakes;
    private Lake lake;
    private StagedBatches staging;
    private int events;

    @BeforeAll
    void startSpark(@TempDir Path folder) {
        runtime = LocalRuntime.open("rollups-it", 2);
        runtime.spark().conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
        template = LakeTemplate.of(runtime.spark(), folder, ONE);
    }

    @AfterAll
    void stopSpark() {
        runtime.close();
    }

    @BeforeEach
    void freshLake() {
        lake = template.copyTo(dir.resolve("lake-" + lakes++));
        staging = new StagedBatches(runtime.spark(), lake, NOW, ONE.columns(), RollupsIT::value);
    }

    /** The same for all copies of an event; null for some. */
    private static Object value(String id, String column) {
        int seed = Math.floorMod(id.hashCode(), 1000);
        return switch (column) {
            case "amount" -> seed % 5 == 0 ? null : BigDecimal.valueOf(seed * 37L - 9000, 2);
            case "items" -> seed % 7 == 0 ? null : Long.MAX_VALUE - seed;
            default -> seed % 4 == 0 ? null : "buyer-" + seed % 3;
        };
    }

    /** More of them with -Dtributary.seeds.times=N. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 2L * Integer.getInteger("tributary.seeds.times", 1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void afterAChaoticHistoryEveryRollupIsWhatAFullComputationGives(long seed) throws Exception {
        Random random = new Random(seed);
        PipelineConfig config = ONE;
        for (int step = 0; step < 14; step++) {
            if (step == 7) {
                config = BOTH;
            }
            stage(random);
            switch (random.nextInt(8)) {
                case 0 -> merge(config);
                case 1 -> twoRunsAtOnce(config);
                case 2 -> group();
                case 3 -> vacuum();
                case 4 ->
                    runtime.spark()
                            .sql("DELETE FROM delta.`" + lake.merged() + "` WHERE event_id = 'e"
                                    + random.nextInt(events) + "'");
                case 5 -> undoneMerge(config);
                case 6 -> restore(lake.root() + "/minutes", version("minutes") - 1);
                default -> stage(random);
            }
            if (random.nextBoolean()) {
                new MergeJob(runtime, config, lake).run();
            } else {
                rollups(config);
            }
            assertWhole(config, "seed " + seed + " step " + step);
        }
    }

    @Test
    void aRunThatFindsNothingNewCommitsNothing() {
        staging.append(onTime("a", NOW));
        new MergeJob(runtime, BOTH, lake).run();
        long version = version("minutes");
        new MergeJob(runtime, BOTH, lake).run();

        assertThat(version("minutes")).isEqualTo(version);
    }

    @Test
    void aRollupIsAskedByItsNameOnceItIsThere() {
        staging.append(onTime("a", NOW), onTime("b", NOW));
        new MergeJob(runtime, ONE, lake).run();
        LakeSql sql = new LakeSql(runtime.spark(), lake);
        sql.addRollups(BOTH.rollups());
        staging.append(onTime("c", NOW));
        new MergeJob(runtime, ONE, lake).run();

        assertThat(sql.query("SELECT sum(orders) FROM minutes").first().getLong(0))
                .isEqualTo(3);
        assertThat(runtime.spark().catalog().tableExists("days")).isFalse();
    }

    @Test
    void onlyTheTouchedDatesAreWritten() {
        staging.append(onTime("a", NOW), late("b", NOW.minus(Duration.ofDays(9))));
        new MergeJob(runtime, ONE, lake).run();
        List<String> before = files("event_date < DATE '2026-03-01'");
        staging.append(onTime("c", NOW));
        new MergeJob(runtime, ONE, lake).run();

        assertThat(files("event_date < DATE '2026-03-01'")).isEqualTo(before).hasSize(1);
        assertWhole(ONE, "two merges");
    }

    @Test
    void aVacuumedFileOfAMergeIsMadeUpForFromTheTable() {
        new MergeJob(runtime, ONE, lake).run();
        for (int i = 0; i < 3; i++) {
            staging.append(onTime("e" + i, NOW));
            new Merger(runtime.spark(), ONE, lake).run();
        }
        group();
        vacuum();
        RollupOutcome outcome = rollups(ONE).get(0);

        assertThat(outcome.describe()).contains("files=0 dates=1 recomputed_dates=1");
        assertWhole(ONE, "a vacuum");
    }

    @Test
    void aChangedDefinitionIsComputedAnew() {
        staging.append(onTime("a", NOW), onTime("b", NOW));
        new MergeJob(runtime, ONE, lake).run();
        PipelineConfig changed = PipelineConfig.parse(EARLY + MINUTES.replace("5m", "1h"), "changed");
        RollupOutcome outcome = rollups(changed).get(0);

        assertThat(outcome.describe()).contains("its definition changed");
        assertThat(rows("minutes").where("minute(bucket_start) = 0").count()).isEqualTo(2);
    }

    @Test
    void aSumThatOutgrowsItsTypeStopsTheRollupAndNotTheMerge() {
        StagedBatches large = new StagedBatches(
                runtime.spark(),
                lake,
                NOW,
                ONE.columns(),
                (id, column) -> column.equals("amount") ? new BigDecimal("9".repeat(36) + ".00") : null);
        large.append(onTime("a", NOW), onTime("b", NOW), onTime("c", NOW));
        PipelineConfig config = PipelineConfig.parse(EARLY + """
                rollups:
                  - {name: sums, bucket: 1d, measures: [{name: total, type: sum, column: amount}]}
                """, "sums");

        assertThatThrownBy(() -> new MergeJob(runtime, config, lake).run())
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("The rollup sums stands still")
                .hasMessageContaining("total: sum(amount) does not fit decimal(38,2)");
        assertThat(runtime.spark().read().format("delta").load(lake.merged()).count())
                .isEqualTo(4);
    }

    @Test
    void aTableOfAnotherKindIsNeverOverwritten() {
        runtime.spark().sql("CREATE TABLE delta.`" + lake.root() + "/minutes` (a INT) USING delta");

        assertThatThrownBy(() -> new MergeJob(runtime, ONE, lake).run())
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("is no rollup, and a rollup of the configuration has its name");
    }

    private void stage(Random random) {
        List<StagedBatches.Staged> batch = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            boolean isRepeat = events > 0 && random.nextInt(4) == 0;
            int event = isRepeat ? random.nextInt(events) : events++;
            // An event's time belongs to it, so a repeat has the same.
            Instant time = NOW.minusSeconds(new Random(event).nextInt(5) * 40_000L);
            batch.add(isRepeat || random.nextBoolean() ? late("e" + event, time) : onTime("e" + event, time));
        }
        staging.append(batch.toArray(StagedBatches.Staged[]::new));
    }

    /** As a job that is killed right after its merge. */
    private void merge(PipelineConfig config) {
        new Merger(runtime.spark(), config, lake).run();
    }

    private void twoRunsAtOnce(PipelineConfig config) throws Exception {
        merge(config);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CyclicBarrier together = new CyclicBarrier(2);
            List<Future<List<RollupOutcome>>> runs = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                runs.add(threads.submit(() -> {
                    together.await();
                    return rollups(config);
                }));
            }
            for (Future<List<RollupOutcome>> run : runs) {
                run.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private void undoneMerge(PipelineConfig config) {
        long before =
                new CommitLog(lake.merged(), runtime.spark().sessionState().newHadoopConf()).newestVersion();
        merge(config);
        restore(lake.merged(), before);
    }

    private void restore(String table, long version) {
        if (DeltaTable.isDeltaTable(runtime.spark(), table) && version > 0) {
            DeltaTable.forPath(runtime.spark(), table).restoreToVersion(version);
        }
    }

    private void group() {
        DeltaTable.forPath(runtime.spark(), lake.merged()).optimize().executeCompaction();
    }

    private void vacuum() {
        DeltaTable.forPath(runtime.spark(), lake.merged()).vacuum(0);
    }

    private List<RollupOutcome> rollups(PipelineConfig config) {
        StepRunner steps = new StepRunner("rollups-it");
        List<RollupOutcome> outcomes = new Rollups(runtime.spark(), config, lake).run(steps);
        steps.throwIfAnyFailed();
        return outcomes;
    }

    private void assertWhole(PipelineConfig config, String when) {
        runtime.spark()
                .read()
                .format("delta")
                .load(lake.merged())
                .where("event_date IS NOT NULL")
                .createOrReplaceTempView("merged_now");
        assertSame(when, minutes(), rows("minutes").drop("buyers_sketch"));
        if (config.rollups().size() > 1) {
            assertSame(when, days(), rows("days").drop("ids_sketch"));
        }
    }

    private Dataset<Row> minutes() {
        return runtime.spark()
                .sql("SELECT window(event_time, '5 minutes').start bucket_start, data_center, buyer, count(*) orders,"
                        + " count(amount) paid, sum(amount) total, sum(CAST(items AS DECIMAL(38,0))) pieces,"
                        + " min(amount) least, max(event_time) latest, count(DISTINCT buyer) buyers, event_date"
                        + " FROM merged_now GROUP BY 1, 2, 3, event_date");
    }

    private Dataset<Row> days() {
        return runtime.spark()
                .sql("SELECT date_trunc('DAY', event_time) bucket_start, count(*) orders,"
                        + " count(DISTINCT event_id) ids, event_date FROM merged_now GROUP BY 1, event_date");
    }

    private static void assertSame(String when, Dataset<Row> expected, Dataset<Row> actual) {
        assertThat(lines(actual)).as(when).isEqualTo(lines(expected));
    }

    private static List<String> lines(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(Row::toString).sorted().toList();
    }

    private List<String> files(String where) {
        return List.of(rows("minutes").where(where).select("_metadata.file_name").distinct().collectAsList().stream()
                .map(row -> row.getString(0))
                .toArray(String[]::new));
    }

    private Dataset<Row> rows(String rollup) {
        return runtime.spark().read().format("delta").load(lake.root() + "/" + rollup);
    }

    private long version(String rollup) {
        return new CommitLog(
                        lake.root() + "/" + rollup,
                        runtime.spark().sessionState().newHadoopConf())
                .newestVersion();
    }
}
