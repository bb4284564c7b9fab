package io.tributary.lake.view;

import static io.tributary.lab.fixtures.StagedBatches.Staged.late;
import static io.tributary.lab.fixtures.StagedBatches.Staged.onTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.compaction.MergeJob;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.fixtures.StagedBatches;
import io.tributary.lake.LakeTables;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.CommitLog;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The view over every pair of versions of the two tables: an engine reads one a moment before the other, and which one
 * it reads first is its own affair.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotSkewIT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse("merge: {compact_after_files: 3}", "test");
    private static final Instant NOW = Instant.parse("2026-03-01T23:59:57Z");
    private static final Instant LONG_AGO = Instant.parse("2026-01-05T07:00:00Z");

    private final Set<String> names = new HashSet<>();
    private final Map<String, List<String>> answers = new HashMap<>();
    private LocalRuntime runtime;
    private Lake lake;

    /** Four batches and three merges, with late ones and repeats, over midnight; the last merge compacts. */
    @BeforeAll
    void makeALake(@TempDir Path dir) {
        runtime = LocalRuntime.open("two-moments-it", 2);
        lake = Lake.of(Optional.of(dir.resolve("lake").toString()), CONFIG);
        new LakeTables(runtime.spark()).ensure(lake, CONFIG.columns());
        StagedBatches staging = new StagedBatches(runtime.spark(), lake, NOW);
        MergeJob merge = new MergeJob(runtime, CONFIG, lake);
        staging.append(onTime("a", NOW), late("b", LONG_AGO), late("b", LONG_AGO));
        staging.append(onTime("c", NOW));
        merge.run();
        staging.append(onTime("d", NOW), late("a", NOW));
        merge.run();
        staging.append(onTime("e", NOW.plus(Duration.ofSeconds(4))), late("b", LONG_AGO), late("f", LONG_AGO));
        merge.run();
        staging.append(onTime("g", NOW.plus(Duration.ofSeconds(5))));
    }

    @AfterAll
    void stopSpark() {
        runtime.close();
    }

    @Test
    void anAnswerHasEverythingThatEitherTableHasOnce() {
        for (long merged = 0; merged <= newest(lake.merged()); merged++) {
            for (long staging = 0; staging <= newest(lake.staging()); staging++) {
                TreeSet<String> expected =
                        new TreeSet<>(ids(at(lake.merged(), merged).where("event_date IS NOT NULL")));
                expected.addAll(ids(at(lake.staging(), staging).where("on_time")));

                assertThat(shown(merged, staging, merged))
                        .as("merged at version %d, staging at version %d", merged, staging)
                        .containsExactlyElementsOf(expected);
            }
        }
    }

    @Test
    void boundsOfAnyEarlierMergeChangeNoAnswer() {
        long merged = newest(lake.merged());
        long staging = newest(lake.staging());
        List<String> now = shown(merged, staging, merged);

        assertThat(now).containsExactly("a", "b", "c", "d", "e", "f", "g");
        for (long madeAt = 0; madeAt < merged; madeAt++) {
            assertThat(shown(merged, staging, madeAt))
                    .as("bounds made at version %d", madeAt)
                    .isEqualTo(now);
        }
    }

    @Test
    void nothingThatWasShownIsGoneAtLaterMoments() {
        for (long merged = 0; merged <= newest(lake.merged()); merged++) {
            List<String> before = new ArrayList<>();
            for (long staging = 0; staging <= newest(lake.staging()); staging++) {
                List<String> after = shown(merged, staging, 0);
                assertThat(after).as("staging moves on to version %d", staging).containsAll(before);
                before = after;
                if (merged > 0) {
                    assertThat(after)
                            .as("the merged table moves on to version %d", merged)
                            .containsAll(shown(merged - 1, staging, 0));
                }
            }
        }
    }

    private List<String> shown(long merged, long staging, long bounds) {
        String sql = EventsView.sql(
                List.of("event_id"),
                name(lake.merged(), merged),
                name(lake.staging(), staging),
                MergeWatermark.read(at(lake.merged(), bounds)));
        return answers.computeIfAbsent(sql, text -> ids(runtime.spark().sql(text)));
    }

    private static List<String> ids(Dataset<Row> rows) {
        return rows.select("event_id").collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    private Dataset<Row> at(String table, long version) {
        return runtime.spark().table(name(table, version));
    }

    /** The table at a version; its rows are read once, for all pairs that it is part of. */
    private String name(String table, long version) {
        String name = table.substring(table.lastIndexOf('/') + 1) + "_" + version;
        if (names.add(name)) {
            Dataset<Row> rows = runtime.spark().sql("SELECT * FROM delta.`" + table + "` VERSION AS OF " + version);
            runtime.spark().createDataFrame(rows.collectAsList(), rows.schema()).createOrReplaceTempView(name);
        }
        return name;
    }

    private long newest(String table) {
        return new CommitLog(table, runtime.spark().sessionState().newHadoopConf()).newestVersion();
    }
}
