package io.tributary.audit;

import static io.tributary.lab.fixtures.StagedBatches.Staged.late;
import static io.tributary.lab.fixtures.StagedBatches.Staged.onTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.compaction.MergeJob;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.fixtures.StagedBatches;
import io.tributary.lake.LakeTables;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The audit over real Delta tables that real merges have written, and what it says once they are tampered with. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditIT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse("merge: {compact_after_files: 3}", "test");
    private static final Instant NOW = Instant.parse("2026-03-01T23:59:58Z");
    private static final Instant LONG_AGO = Instant.parse("2026-01-05T07:00:00Z");

    private Path dir;
    private LocalRuntime runtime;
    private Path original;
    private Path copy;
    private int copies;

    /** Four batches and three merges, the last of which compacts, and a batch that waits. */
    @BeforeAll
    void makeALake(@TempDir Path temporary) {
        dir = temporary;
        runtime = LocalRuntime.open("audit-it", 2);
        original = dir.resolve("original");
        Lake lake = lake(original);
        new LakeTables(runtime.spark()).ensure(lake, CONFIG.columns());
        StagedBatches staging = new StagedBatches(runtime.spark(), lake, NOW);
        MergeJob merge = new MergeJob(runtime, CONFIG, lake);
        staging.append(onTime("a", NOW), late("b", LONG_AGO), late("b", LONG_AGO));
        staging.append();
        merge.run();
        staging.append(onTime("c", NOW), late("a", NOW));
        merge.run();
        staging.append(onTime("d", NOW));
        merge.run();
        staging.append(onTime("e", NOW), late("f", LONG_AGO));
    }

    @AfterAll
    void stopSpark() {
        runtime.close();
    }

    @BeforeEach
    void copyTheLake() throws IOException {
        copy = dir.resolve("copy-" + copies++);
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(original.relativize(file).toString()));
            }
        }
    }

    @Test
    void aLakeThatMergesAndCompactionsHaveWrittenIsBalanced() {
        assertThat(operations("events_merged")).contains("OPTIMIZE", "DELETE");

        AuditReport report = deep();

        assertThat(report.findings()).isEmpty();
        assertThat(report.notes()).isEmpty();
        assertThat(report.total().staged()).isEqualTo(8);
        assertThat(report.merges()).isEqualTo(new DataCenterTotals(8, 4, 2, 2));
        assertThat(exitCode()).isZero();
    }

    @Test
    void aStagingCommitWithoutOneOfItsFilesIsNamed() throws IOException {
        tamper("events_staging", 1, text -> text.lines()
                .filter(line -> !line.startsWith("{\"add\""))
                .collect(Collectors.joining("\n")));

        assertThat(shallow()).containsExactly("ROWS events_staging version 1, batch 1: staged 3 rows, nothing removed");
        assertThat(exitCode()).isEqualTo(3);
    }

    @Test
    void anOffsetThatWasSwappedIsNamed() throws IOException {
        tamper("events_staging", 3, text -> text.replace("\\\"from\\\":3", "\\\"from\\\":2"));

        assertThat(shallow()).containsExactly("OFFSETS events_staging version 3, fra/events-0: from 3");
    }

    @Test
    void aMergeCommitThatWasRemovedIsNamed() throws IOException {
        Files.delete(commit("events_merged", 2));

        assertThat(shallow())
                .containsExactly("COMMIT_MISSING events_merged version 2: a commit between its neighbours");
    }

    @Test
    void dataThatIsLostBehindTheLogIsFoundByTheDeepAuditOnly() throws IOException {
        Path staging = copy.resolve("events_staging");
        try (Stream<Path> files = Files.walk(staging)) {
            Path data = files.filter(file -> file.toString().endsWith(".parquet"))
                    .filter(file -> !file.toString().contains("_delta_log"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            Files.delete(data);
        }

        assertThat(shallow()).isEmpty();
        assertThat(deep().findings())
                .extracting(Finding::kind)
                .containsOnly(Finding.Kind.DATA_UNREADABLE)
                .isNotEmpty();
    }

    @Test
    void anEventThatReadersSeeTwiceIsFoundByTheDeepAudit() {
        String merged = lake(copy).merged();
        runtime.spark()
                .read()
                .format("delta")
                .load(merged)
                .where("event_id = 'b'")
                .write()
                .format("delta")
                .mode("append")
                .save(merged);

        assertThat(shallow()).singleElement().asString().startsWith("UNKNOWN_ORIGIN events_merged");
        assertThat(deep().findings())
                .filteredOn(finding -> finding.kind() == Finding.Kind.VISIBLE_DUPLICATE)
                .extracting(Finding::where)
                .containsExactly("events, event_id b");
    }

    private AuditReport deep() {
        Lake lake = lake(copy);
        try (LakeLogs logs = new LakeLogs(lake, new Configuration())) {
            AuditReport report = logs.audit();
            return report.plus(new DataAudit(runtime.spark(), lake, CONFIG.dedup()).compare(logs, report));
        }
    }

    private List<String> shallow() {
        try (LakeLogs logs = new LakeLogs(lake(copy), new Configuration())) {
            return logs.audit().findings().stream()
                    .map(finding -> finding.kind() + " " + finding.where() + ": " + finding.expected())
                    .toList();
        }
    }

    private int exitCode() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        return new AuditTool(new Configuration(), nowhere).exitCode("--lake", copy.toString());
    }

    private List<String> operations(String table) {
        return runtime
                .spark()
                .sql("DESCRIBE HISTORY delta.`" + original.resolve(table) + "`")
                .select("operation")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private void tamper(String table, long version, UnaryOperator<String> change) throws IOException {
        Path file = commit(table, version);
        String text = Files.readString(file);
        String changed = change.apply(text);
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(file, changed);
    }

    /** A commit's file, without the checksums that would give a change away. */
    private Path commit(String table, long version) throws IOException {
        Path log = copy.resolve(table).resolve("_delta_log");
        String name = String.format(Locale.ROOT, "%020d", version);
        for (String checksum : List.of(name + ".crc", "." + name + ".crc.crc", "." + name + ".json.crc")) {
            Files.deleteIfExists(log.resolve(checksum));
        }
        return log.resolve(name + ".json");
    }

    private static Lake lake(Path root) {
        return Lake.of(Optional.of(root.toString()), CONFIG);
    }
}
