package io.tributary.compaction.maintenance;

import static io.tributary.lab.fixtures.StagedBatches.Staged.late;
import static io.tributary.lab.fixtures.StagedBatches.Staged.onTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.audit.AuditTool;
import io.tributary.compaction.merge.Merger;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.fixtures.LakeTemplate;
import io.tributary.lab.fixtures.StagedBatches;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.view.LakeSql;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Maintenance of real Delta tables: files change, and no answer does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableMaintenanceIT {

    private static final PipelineConfig CONFIG =
            PipelineConfig.parse("merge: {compact_after_files: 3}\nretention: {staging: 2h, files: 1d}", "test");
    private static final MaintenanceTasks FILES = new MaintenanceTasks(true, true, false);
    private static final MaintenanceTasks VACUUM = new MaintenanceTasks(false, false, true);
    private static final Instant START = Instant.parse("2026-03-02T09:59:57Z");
    private static final Instant LONG_AGO = Instant.parse("2026-01-05T07:00:00Z");

    private static final Pattern REMOVED = Pattern.compile("(\"deletionTimestamp\":)(\\d+)");

    @TempDir
    Path dir;

    private LocalRuntime runtime;
    private LakeTemplate template;
    private int lakes;
    private Lake lake;

    @BeforeAll
    void startSpark(@TempDir Path folder) {
        runtime = LocalRuntime.open("maintenance-it", 2);
        template = LakeTemplate.of(runtime.spark(), folder, CONFIG);
    }

    @AfterAll
    void stopSpark() {
        runtime.close();
    }

    @BeforeEach
    void freshLake() {
        lake = template.copyTo(dir.resolve("lake-" + lakes++));
    }

    @Test
    void anHourOfStagingIsPackedWhenItIsMergedAsAWhole() {
        StagedBatches staging = new StagedBatches(runtime.spark(), lake, START);
        for (int i = 0; i < 6; i++) {
            staging.append(onTime("e" + i, START));
            merge();
        }

        assertThat(filesOfHour("9")).isEqualTo(3);
        maintenance(FILES);

        assertThat(filesOfHour("9")).isEqualTo(1);
        assertThat(filesOfHour("10")).isEqualTo(3);
        assertThat(visible()).containsExactly("e0", "e1", "e2", "e3", "e4", "e5");
        assertBalanced();
    }

    @Test
    void stagingKeepsWhatIsNotMergedHoweverOldItIs() {
        StagedBatches staging = new StagedBatches(runtime.spark(), lake, START);
        staging.append(onTime("a", START));
        merge();
        staging.pause(Duration.ofDays(1));
        staging.append(onTime("b", START), late("c", LONG_AGO));
        staging.pause(Duration.ofDays(1));
        staging.append(onTime("d", START));

        maintenance(MaintenanceTasks.ALL);

        assertThat(staged()).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(visible()).containsExactly("a", "b", "d");
    }

    @Test
    void hoursThatHaveHadTheirTimeLeaveStagingAndNothingElseChanges() {
        Instant first = START.minus(Duration.ofHours(4));
        StagedBatches staging = new StagedBatches(runtime.spark(), lake, first);
        staging.append(onTime("a", first), late("b", LONG_AGO));
        staging.append(late("c", LONG_AGO));
        merge();
        staging.pause(Duration.ofHours(4));
        staging.append(onTime("d", START), late("b", LONG_AGO));
        merge();
        staging.append(onTime("e", START), late("f", LONG_AGO));

        maintenance(MaintenanceTasks.ALL);

        assertThat(staged()).containsExactlyInAnyOrder("d", "b", "e", "f");
        assertThat(visible()).containsExactly("a", "b", "c", "d", "e");
        assertBalanced();
        merge();
        assertThat(visible()).containsExactly("a", "b", "c", "d", "e", "f");
        assertBalanced();
    }

    @Test
    void filesThatNoVersionOfTheRetentionListsAreRemovedAndOthersStay() throws IOException {
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        StagedBatches staging = packedBatches(now);
        List<Path> before = dataFiles();
        maintenance(VACUUM);
        assertThat(dataFiles()).as("files that a reader may still need").containsExactlyElementsOf(before);

        age(Duration.ofHours(26));
        // A file's age counts from when the lake was last written to.
        staging.append(onTime("e4", now));
        merge();
        maintenance(VACUUM);

        assertThat(dataFiles()).hasSizeLessThan(before.size());
        assertThat(visible()).containsExactly("e0", "e1", "e2", "e3", "e4", "l0", "l1", "l2", "l3");
        assertBalanced();
    }

    @Test
    void aMachineWhoseClockIsAheadOfTheLakeDeletesNothing() throws IOException {
        packedBatches(START);
        age(Duration.ofHours(26));
        List<Path> before = dataFiles();

        // By this machine's clock the newest batch is months old.
        maintenance(VACUUM);

        assertThat(dataFiles()).containsExactlyElementsOf(before);
    }

    private StagedBatches packedBatches(Instant start) {
        StagedBatches staging = new StagedBatches(runtime.spark(), lake, start);
        for (int i = 0; i < 4; i++) {
            staging.append(onTime("e" + i, start), late("l" + i, LONG_AGO));
            merge();
        }
        maintenance(FILES);
        return staging;
    }

    @Test
    void aDamagedFileHoldsUpNoOtherChore() throws IOException {
        StagedBatches staging = new StagedBatches(runtime.spark(), lake, START);
        for (int i = 0; i < 6; i++) {
            staging.append(onTime("e" + i, START), late("l" + i, LONG_AGO));
            merge();
        }
        Path damaged = dataFiles().stream()
                .filter(file -> file.toString().contains("event_date=2026-01-05"))
                .findFirst()
                .orElseThrow();
        byte[] whole = Files.readAllBytes(damaged);
        Files.write(damaged, new byte[whole.length]);

        assertThatThrownBy(() -> maintenance(MaintenanceTasks.ALL))
                .hasMessageContaining("2026-01-05")
                .hasStackTraceContaining(damaged.getFileName().toString());

        assertThat(filesOfHour("9")).as("the next table is packed").isEqualTo(1);
        assertThat(filesAt(START)).as("the other dates are packed").isEqualTo(1);
        Files.write(damaged, whole);
        assertThat(visible()).hasSize(12);
        assertBalanced();
    }

    @Test
    void aDateThatIsOverIsWrittenInOrder() {
        PipelineConfig small = PipelineConfig.parse(
                "merge: {compact_after_files: 1000, target_file_size: 6kB}\nretention: {staging: 2h, files: 1d}",
                "test");
        StagedBatches staging = new StagedBatches(runtime.spark(), lake, START);
        for (int batch = 0; batch < 6; batch++) {
            List<StagedBatches.Staged> events = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                events.add(late(batch + "-" + i, LONG_AGO.plusSeconds(batch + 60L * i)));
            }
            staging.append(events.toArray(StagedBatches.Staged[]::new));
            new Merger(runtime.spark(), small, lake).run();
        }
        List<String> before = visible();
        long filesOfAMoment = filesAt(LONG_AGO.plusSeconds(60 * 20));

        new TableMaintenance(runtime.spark(), small, lake).run(FILES, MergeWatermark.read(merged()));

        assertThat(filesOfAMoment).isEqualTo(6);
        assertThat(filesAt(LONG_AGO.plusSeconds(60 * 20))).isLessThanOrEqualTo(2);
        assertThat(visible()).isEqualTo(before).hasSize(240);
        assertBalanced();
    }

    @Test
    void upkeepAndMergesAtOnceLoseNothing() throws Exception {
        StagedBatches staging = new StagedBatches(runtime.spark(), lake, START);
        List<String> expected = new ArrayList<>();
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 3; round++) {
                staging.append(onTime("e" + round, START), late("l" + round, LONG_AGO));
                merge();
                Future<?> maintenance = beside.submit(() -> maintenance(FILES));
                staging.append(onTime("f" + round, START), late("m" + round, LONG_AGO));
                merge();
                expected.addAll(List.of("e" + round, "f" + round, "l" + round, "m" + round));
                assertThat(visible()).containsExactlyInAnyOrderElementsOf(expected);
                maintenance.get();
                assertThat(visible()).containsExactlyInAnyOrderElementsOf(expected);
            }
        } finally {
            beside.shutdownNow();
        }
        assertBalanced();
    }

    private void merge() {
        new Merger(runtime.spark(), CONFIG, lake).run();
    }

    private void maintenance(MaintenanceTasks tasks) {
        new TableMaintenance(runtime.spark(), CONFIG, lake).run(tasks, MergeWatermark.read(merged()));
    }

    private Dataset<Row> merged() {
        return runtime.spark().read().format("delta").load(lake.merged());
    }

    private long filesOfHour(String hour) {
        return Stream.of(runtime.spark()
                        .read()
                        .format("delta")
                        .load(lake.staging())
                        .inputFiles())
                .filter(file -> file.contains("arrival_hour=" + hour + "/"))
                .count();
    }

    private long filesAt(Instant moment) {
        return merged().where("event_time = TIMESTAMP '" + moment + "'").inputFiles().length;
    }

    private List<String> staged() {
        return ids(runtime.spark().read().format("delta").load(lake.staging()));
    }

    private List<String> visible() {
        return ids(new LakeSql(runtime.spark(), lake).query("SELECT * FROM events ORDER BY event_id"));
    }

    private static List<String> ids(Dataset<Row> rows) {
        return rows.select("event_id").as(Encoders.STRING()).collectAsList();
    }

    private void assertBalanced() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        int exitCode =
                new AuditTool(runtime.spark().sessionState().newHadoopConf(), nowhere).exitCode("--lake", lake.root());
        assertThat(exitCode).isZero();
    }

    private List<Path> dataFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(URI.create(lake.root())))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .filter(file -> !file.toString().contains("_delta_log"))
                    .sorted()
                    .toList();
        }
    }

    /** Makes files and the log's removals older, as time would. */
    private void age(Duration by) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(URI.create(lake.root())))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(".json")) {
                    String older = REMOVED.matcher(Files.readString(file))
                            .replaceAll(
                                    removed -> removed.group(1) + (Long.parseLong(removed.group(2)) - by.toMillis()));
                    Files.writeString(file, older);
                }
                Files.setLastModifiedTime(
                        file,
                        FileTime.from(
                                Files.getLastModifiedTime(file).toInstant().minus(by)));
            }
        }
        // What Delta keeps beside the log, and in memory, tells of the removals as they were.
        try (Stream<Path> files = Files.walk(Path.of(URI.create(lake.root())))) {
            for (Path sum :
                    files.filter(file -> file.toString().endsWith(".crc")).toList()) {
                Files.delete(sum);
            }
        }
        DeltaLog.clearCache();
    }
}
