package io.tributary.audit;

import static io.tributary.lab.fixtures.StagedBatches.Staged.late;
import static io.tributary.lab.fixtures.StagedBatches.Staged.onTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.tributary.compaction.MergeJob;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.fixtures.LakeTemplate;
import io.tributary.lab.fixtures.StagedBatches;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

/** What the deep audit finds in rollups, and in merged rows whose commits have expired. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeepAuditIT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse("""
            columns:
              - {name: amount, type: double, from: /amount}
            rollups:
              - name: counts
                bucket: 1h
                group_by: [data_center]
                measures:
                  - {name: events, type: count}
                  - {name: total, type: sum, column: amount}
                  - {name: latest, type: max, column: event_time}
                  - {name: ids, type: approx_distinct, column: event_id}
            """, "test");
    private static final Instant NOW = Instant.parse("2026-03-01T23:59:58Z");
    private static final Instant LONG_AGO = Instant.parse("2026-01-05T07:00:00Z");

    @TempDir
    Path dir;

    private LocalRuntime runtime;
    private LakeTemplate template;
    private StagedBatches stagedInTemplate;
    private int lakes;
    private Lake lake;
    private StagedBatches staging;

    @BeforeAll
    void startSparkAndMergeTwice(@TempDir Path folder) {
        runtime = LocalRuntime.open("deep-audit-it", 2);
        template = LakeTemplate.of(runtime.spark(), folder, CONFIG);
        lake = template.lake();
        stagedInTemplate = new StagedBatches(
                runtime.spark(), lake, NOW, CONFIG.columns(), (id, column) -> id.hashCode() % 1000 / 3.0);
        stagedInTemplate.append(onTime("a", NOW), late("b", LONG_AGO), late("c", LONG_AGO));
        merge();
        stagedInTemplate.append(onTime("d", NOW), late("b", LONG_AGO), late("e", LONG_AGO));
        merge();
    }

    @AfterAll
    void stopSpark() {
        runtime.close();
    }

    @BeforeEach
    void freshLake() {
        lake = template.copyTo(dir.resolve("lake-" + lakes++));
        staging = stagedInTemplate.continuedIn(lake);
    }

    @Test
    void aRollupThatHoldsWhatItsEventsAddUpToIsBalanced() {
        AuditReport report = deep();
        assertThat(report.findings()).isEmpty();
        assertThat(report.lifetime().orElseThrow().rows()).isEqualTo(5);
    }

    @Test
    void aRollupWithAValueThatIsNotItsEventsIsNamedWithTheDate() {
        runtime.spark()
                .sql("UPDATE delta.`" + lake.root() + "/counts` SET total = total + 1 WHERE event_date = '2026-01-05'");

        assertThat(found(deep())).containsExactly("ROLLUP counts event_date 2026-01-05: 1 rows that differ");
    }

    @Test
    void aRollupThatLacksARowIsNamed() {
        runtime.spark().sql("DELETE FROM delta.`" + lake.root() + "/counts` WHERE event_date = '2026-03-01'");

        assertThat(found(deep())).containsExactly("ROLLUP counts event_date 2026-03-01: 1 rows that differ");
    }

    @Test
    void rowsOfOldDatesThatWereLostAreFoundWhenTheirCommitsHaveExpired() throws IOException {
        runtime.spark().sql("DELETE FROM delta.`" + lake.merged() + "` WHERE event_id = 'c'");
        long loss = mergedLog().newestVersion();
        // As maintenance with a defect would do it: nobody else is to blame.
        rewrite(loss, text -> text.replace("\"operation\":\"DELETE\"", "\"operation\":\"OPTIMIZE\""));
        staging.append(onTime("f", NOW));
        merge();
        expireMergedLog();

        AuditReport report = deep();

        assertThat(found(report)).contains("DATA_ROWS events_merged all dates: 5 rows");
        assertThat(report.findings())
                .filteredOn(finding -> finding.kind() == Finding.Kind.DATA_ROWS)
                .extracting(Finding::expected)
                .containsExactly("6 rows, the sum of all merges");
    }

    @Test
    void whatSomebodyDeletedOnPurposeIsANoteOnceItsCommitHasExpired() throws IOException {
        runtime.spark().sql("DELETE FROM delta.`" + lake.merged() + "` WHERE event_id = 'a'");
        staging.append(onTime("f", NOW));
        merge();
        expireMergedLog();

        AuditReport report = deep();

        assertThat(report.findings())
                .as("only that staging still holds the event")
                .extracting(Finding::kind)
                .containsOnly(Finding.Kind.NOT_MERGED);
        assertThat(report.notes()).anyMatch(note -> note.contains("have removed 1 rows of events_merged"));
    }

    @Test
    void aRestoreIsCountedAsWhatItIs() {
        long before = mergedLog().newestVersion();
        staging.append(onTime("f", NOW), onTime("g", NOW));
        merge();
        DeltaTable.forPath(runtime.spark(), lake.merged()).restoreToVersion(before);
        merge();

        AuditReport report = deep();
        assertThat(report.lifetime().orElseThrow().rows()).isEqualTo(7);
        assertThat(report.lifetime().orElseThrow().byOthers()).isEqualTo(-2);
    }

    private void merge() {
        new MergeJob(runtime, CONFIG, lake).run();
    }

    private CommitLog mergedLog() {
        return new CommitLog(lake.merged(), runtime.spark().sessionState().newHadoopConf());
    }

    private AuditReport deep() {
        DeltaLog.clearCache();
        try (LakeLogs logs = new LakeLogs(lake, new Configuration())) {
            AuditReport report = logs.audit();
            return report.plus(new DataAudit(runtime.spark(), lake, CONFIG.dedup()).compare(logs, report))
                    .plus(new RollupAudit(runtime.spark(), lake, CONFIG).compare());
        }
    }

    private static List<String> found(AuditReport report) {
        return report.findings().stream()
                .map(finding -> finding.kind() + " " + finding.table() + " " + finding.place() + ": " + finding.found())
                .toList();
    }

    private void rewrite(long version, UnaryOperator<String> change) throws IOException {
        Path file = commit(version);
        String text = Files.readString(file);
        assertThat(change.apply(text)).isNotEqualTo(text);
        Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
        Files.writeString(file, change.apply(text));
        DeltaLog.clearCache();
    }

    /** Leaves the newest merge and what follows it. */
    private void expireMergedLog() throws IOException {
        DeltaLog log = DeltaLog.forTable(runtime.spark(), lake.merged());
        log.checkpoint(log.update(false, Option.empty(), Option.empty()), Option.empty());
        long newest = mergedLog().newestVersion();
        while (mergedLog()
                .commit(newest)
                .orElseThrow()
                .metadata()
                .filter(MergeMetadata.class::isInstance)
                .isEmpty()) {
            newest--;
        }
        for (long expired = 0; expired < newest; expired++) {
            Files.delete(commit(expired));
        }
    }

    private Path commit(long version) {
        return dir.resolve("lake-" + (lakes - 1))
                .resolve("events_merged/_delta_log")
                .resolve(String.format(Locale.ROOT, "%020d.json", version));
    }
}
