package io.tributary.audit;

import static io.tributary.lab.fixtures.StagedBatches.Staged.late;
import static io.tributary.lab.fixtures.StagedBatches.Staged.onTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.compaction.MergeJob;
import io.tributary.compaction.maintenance.MaintenanceTasks;
import io.tributary.compaction.maintenance.TableMaintenance;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.fixtures.LakeTemplate;
import io.tributary.lab.fixtures.StagedBatches;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.erasure.ErasurePasses;
import io.tributary.lake.erasure.ErasureRequest;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.lake.view.LakeSql;
import io.tributary.operations.cli.Environment;
import io.tributary.operations.cli.TributaryTool;
import io.tributary.operations.erasure.ErasureEffect;
import io.tributary.operations.erasure.ErasureInstruction;
import io.tributary.operations.erasure.ErasureSearch;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Events that are erased through the command line and the merge job, over real tables, and the deep audit after it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasureIT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse("""
            columns:
              - {name: customer, type: string, from: /customer}
            rollups:
              - name: counts
                bucket: 1h
                group_by: [data_center]
                measures:
                  - {name: events, type: count}
            """, "test");
    private static final Instant NOW = Instant.parse("2026-03-01T23:59:50Z");
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
        runtime = LocalRuntime.open("erasure-it", 2);
        template = LakeTemplate.of(runtime.spark(), folder.resolve("template"), CONFIG);
    }

    @AfterAll
    void stopSpark() {
        runtime.close();
    }

    @BeforeEach
    void freshLake() {
        lake = template.copyTo(dir.resolve("lake-" + lakes++));
        staging = new StagedBatches(runtime.spark(), lake, NOW, CONFIG.columns(), (id, column) -> id.substring(0, 1));
    }

    @Test
    void whatIsMergedIsRemovedFromAllTablesAndTheRollup() {
        staging.append(onTime("a1", NOW), onTime("b1", NOW), late("c1", LONG_AGO), late("d1", LONG_AGO));
        merge();
        erase("a1", "c1");
        merge();

        assertThat(ids("SELECT event_id FROM events_merged WHERE event_date IS NOT NULL"))
                .containsExactly("b1", "d1");
        assertThat(ids("SELECT event_id FROM events_staging")).containsExactly("b1", "d1");
        assertThat(ids("SELECT CAST(sum(events) AS STRING) FROM delta.`" + lake.root() + "/counts`"))
                .containsExactly("2");
        AuditReport report = deep();
        assertThat(report.findings()).isEmpty();
        assertThat(report.notes()).anyMatch(note -> note.startsWith("Erasure 1 is not complete: 0 rows are left"));
    }

    @Test
    void whatIsStagedAndNotMergedNeverIs() {
        staging.append(onTime("a1", NOW), onTime("b1", NOW), late("c1", LONG_AGO));
        erase("a1", "c1");
        merge();

        assertThat(ids("SELECT event_id FROM events")).containsExactly("b1");
        assertThat(ids("SELECT event_id FROM events_staging")).containsExactly("b1");
        AuditReport report = deep();
        assertThat(report.findings()).isEmpty();
        assertThat(report.merges()).isEqualTo(new DataCenterTotals(3, 1, 0, 0, 2, 0));
    }

    @Test
    void aCopyFromABatchThatDidNotKnowDoesNotComeBack() {
        staging.append(onTime("a1", NOW), onTime("b1", NOW));
        merge();
        erase("a1");
        merge();
        staging.append(late("a1", NOW), onTime("e1", NOW));
        merge();

        assertThat(ids("SELECT event_id FROM events")).containsExactly("b1", "e1");
        assertThat(ids("SELECT event_id FROM events_staging")).containsExactly("b1", "e1");
        assertThat(isClosed(1)).isFalse();
        assertThat(deep().findings()).isEmpty();
    }

    @Test
    void anErasureIsCompleteOnceStreamAndMergeKnowIt() {
        staging.append(onTime("a1", NOW), onTime("b1", NOW));
        merge();
        erase("a1");
        merge();
        staging.knowErasures(1);
        staging.append(onTime("e1", NOW));
        merge();

        assertThat(isClosed(1)).isTrue();
        assertThat(output("--proof", "1"))
                .contains(
                        "events_staging version",
                        "events_merged version",
                        "rows removed {fra=1}",
                        "ROWS REMOVED: 2 files")
                .doesNotContain("a1\"", "a1 ");
        assertThat(deep().findings()).isEmpty();
    }

    @Test
    void eventsWithAValueAreErasedAndLaterOnesStay() {
        staging.append(onTime("a1", NOW), onTime("a2", NOW), onTime("b1", NOW));
        merge();
        record(search().byValue("customer", "a"));
        staging.append(onTime("a3", NOW));
        merge();

        assertThat(ids("SELECT event_id FROM events")).containsExactly("a3", "b1");
        assertThat(deep().findings()).isEmpty();
    }

    @Test
    void twoErasuresOfOneEventRemoveItOnce() {
        staging.append(onTime("a1", NOW), onTime("b1", NOW), onTime("c1", NOW));
        merge();
        erase("a1", "b1");
        erase("a1");
        merge();

        assertThat(ids("SELECT event_id FROM events")).containsExactly("c1");
        AuditReport report = deep();
        assertThat(report.findings()).isEmpty();
        assertThat(report.merges().removed()).isEqualTo(2);
    }

    @Test
    void aRunThatWasKilledAfterItsCommitIsTakenDownByTheNext() throws IOException {
        staging.append(onTime("a1", NOW), onTime("b1", NOW));
        merge();
        erase("a1");
        merge();
        long version = mergedLog().newestVersion();
        try (Stream<Path> done = Files.list(dir.resolve("lake-" + (lakes - 1)).resolve("_erasures/done"))) {
            done.forEach(ErasureIT::delete);
        }
        merge();

        assertThat(mergedLog().newestVersion()).isEqualTo(version);
        assertThat(output("--proof", "1")).contains("events_merged version " + version);
        assertThat(deep().findings()).isEmpty();
    }

    @Test
    void anEventThatARestoreBringsBackIsAFinding() {
        staging.append(onTime("a1", NOW), onTime("b1", NOW));
        merge();
        long before = mergedLog().newestVersion();
        erase("a1");
        merge();
        staging.knowErasures(1);
        staging.append(onTime("e1", NOW));
        merge();
        runtime.spark().sql("RESTORE TABLE delta.`" + lake.merged() + "` TO VERSION AS OF " + before);
        merge();

        assertThat(deep().findings()).extracting(Finding::kind).contains(Finding.Kind.ERASED);
        assertThat(output("--again", "1", "--because", "test", "--yes")).contains("recorded as erasure 2");
        merge();
        assertThat(ids("SELECT event_id FROM events")).containsExactly("b1", "e1");
        assertThat(deep().findings()).extracting(Finding::kind).doesNotContain(Finding.Kind.ERASED);
    }

    @Test
    void erasuresWhileTwoMergesRunAndBatchesComeLeaveNothingAndLoseNothing() throws Exception {
        staging.append(onTime("a0", NOW), onTime("b0", NOW), late("c0", LONG_AGO));
        merge();
        List<String> wanted = new ArrayList<>(List.of("b0"));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (int round = 1; round <= 3; round++) {
                erase("a" + (round - 1), "c0");
                CyclicBarrier together = new CyclicBarrier(3);
                List<Future<?>> running = new ArrayList<>();
                for (int job = 0; job < 2; job++) {
                    running.add(threads.submit(() -> {
                        together.await();
                        merge();
                        return null;
                    }));
                }
                int number = round;
                wanted.add("b" + round);
                running.add(threads.submit(() -> {
                    together.await();
                    staging.append(onTime("a" + number, NOW), onTime("b" + number, NOW), late("c0", LONG_AGO));
                    staging.append(late("a" + (number - 1), NOW));
                    return null;
                }));
                for (Future<?> one : running) {
                    one.get();
                }
            }
        } finally {
            threads.shutdown();
        }
        erase("a3");
        staging.knowErasures(4);
        staging.append(onTime("b4", NOW));
        wanted.add("b4");
        merge();

        assertThat(ids("SELECT event_id FROM events")).containsExactlyElementsOf(wanted);
        assertThat(ids("SELECT event_id FROM events_staging")).containsExactlyElementsOf(wanted);
        assertThat(List.of(1L, 2L, 3L, 4L)).allMatch(this::isClosed);
        assertThat(deep().findings()).isEmpty();
    }

    @Test
    void datesThatRetentionDropsBalanceAndDoNotStayWhenALateEventComes() {
        PipelineConfig kept = PipelineConfig.parse("retention: {events: 30d, quarantine: 30d}", "test");
        staging.append(onTime("b1", NOW), late("c1", LONG_AGO), late("d1", LONG_AGO));
        merge();
        maintain(kept);

        assertThat(ids("SELECT event_id FROM events")).containsExactly("b1");
        AuditReport report = deep();
        assertThat(report.findings()).isEmpty();
        assertThat(report.merges().removed()).isEqualTo(2);

        staging.append(late("e1", LONG_AGO));
        merge();
        assertThat(ids("SELECT event_id FROM events")).containsExactly("b1", "e1");
        maintain(kept);
        merge();
        assertThat(ids("SELECT event_id FROM events")).containsExactly("b1");
        assertThat(ids("SELECT CAST(sum(events) AS STRING) FROM delta.`" + lake.root() + "/counts`"))
                .containsExactly("1");
        assertThat(deep().findings()).isEmpty();
    }

    private void maintain(PipelineConfig kept) {
        MergeWatermark watermark =
                MergeWatermark.read(runtime.spark().read().format("delta").load(lake.merged()));
        new TableMaintenance(runtime.spark(), kept, lake).run(new MaintenanceTasks(false, false, true), watermark);
    }

    @Test
    void theRequestAndTheLogsDoNotNameTheEvent() throws IOException {
        staging.append(onTime("a-secret-id", NOW), onTime("b1", NOW));
        merge();
        erase("a-secret-id");
        long before = mergedLog().newestVersion();
        merge();

        Path root = dir.resolve("lake-" + (lakes - 1));
        try (Stream<Path> files = Files.walk(root.resolve("_erasures"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(file).content().doesNotContain("secret"));
        }
        try (Stream<Path> log = Files.list(root.resolve("events_merged/_delta_log"))) {
            assertThat(log.filter(file -> file.toString().endsWith(".json"))
                            .filter(file ->
                                    Long.parseLong(file.getFileName().toString().substring(0, 20)) > before))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContain("secret"));
        }
    }

    /** As the command does, in the Spark that is running. */
    private void erase(String... ids) {
        record(search().byId(List.of(ids), Optional.empty()));
    }

    private ErasureSearch search() {
        return new ErasureSearch(
                runtime.spark(), lake, CONFIG.dedup().scope(), requests().salt());
    }

    private void record(ErasureEffect effect) {
        new ErasureInstruction(Instant.now(), "somebody", "test", Duration.ofDays(30))
                .requests(effect, "some")
                .forEach(requests()::add);
    }

    private String output(String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tool(out, options);
        return out.toString(StandardCharsets.UTF_8);
    }

    private int tool(ByteArrayOutputStream out, String... options) {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Environment environment = new Environment(new Configuration(), Clock.systemUTC(), print, print);
        String[] all = Stream.concat(Stream.of("erase", "--lake", lake.root()), Stream.of(options))
                .toArray(String[]::new);
        return TributaryTool.commandLine(environment).execute(all);
    }

    private void merge() {
        new MergeJob(runtime, CONFIG, lake).run();
    }

    private List<String> ids(String query) {
        return new LakeSql(runtime.spark(), lake)
                .query(query + " ORDER BY 1").collectAsList().stream()
                        .map(row -> row.getString(0))
                        .toList();
    }

    private ErasureRequests requests() {
        return new ErasureRequests(lake.erasures(), new HadoopFiles(new Configuration()));
    }

    private boolean isClosed(long erasure) {
        List<ErasureRequest> all = requests().all();
        assertThat(all).hasSizeGreaterThanOrEqualTo((int) erasure);
        return ErasurePasses.read(lake.erasures(), new HadoopFiles(new Configuration()))
                .isClosed(erasure);
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

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
