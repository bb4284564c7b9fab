package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.tributary.columns.Columns;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.offsets.RangeStats;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Option;

/** The job starts after a long time, and something is not as it was: it goes on exactly, or says the way out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonthAwayIT {

    private static final String CONFIG = """
        dedup: {window: %s, clock_skew: 5s, state_partitions: %d}
        event_time: {max_ahead: 5s}
        trigger: {interval: 200ms, metadata_timeout: 2s}
        """;

    private IngestLab lab;
    private IngestLab.TestLake lake;

    @BeforeAll
    void startLab(@TempDir Path dir) {
        lab = new IngestLab(dir, List.of("fra"));
    }

    @AfterAll
    void closeLab() {
        lab.close();
    }

    @BeforeEach
    void lakeWithTwoBatches() throws Exception {
        lake = lab.newLake(CONFIG.formatted("10m", 2));
        lake.send("fra", 0, IngestLab.event("a", Instant.now()));
        lake.send("fra", 1, "no event");
        lake.run("fra");
        lake.send("fra", 0, IngestLab.event("b", Instant.now()));
        lake.run("fra");
    }

    /** Delta has cleaned the log up to its checkpoint, and the hint at that is gone as well. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLogWhoseBeginningHasExpiredIsGoneOnWith(boolean hasHint) throws Exception {
        expireLog(lake.lake().staging(), hasHint);
        expireLog(lake.lake().quarantine(), hasHint);

        goesOn();

        assertThat(lake.newest().checkpoint())
                .isEqualTo(checkpoints().get(0).getFileName().toString());
        assertThat(lake.onTime()).contains("c");
    }

    /** As {@code delta.setTransactionRetentionDuration} does it: no writer's number is known any more. */
    @Test
    void transactionsThatHaveExpiredAreGoneOnWithout() throws Exception {
        for (String table : List.of(lake.lake().staging(), lake.lake().quarantine())) {
            lab.runtime()
                    .spark()
                    .sql("ALTER TABLE delta.`" + table
                            + "` SET TBLPROPERTIES ('delta.setTransactionRetentionDuration' = 'interval 0 seconds')");
            expireLog(table, true);
        }

        goesOn();
    }

    @Test
    void aNewColumnIsFilledFromThenOn() throws Exception {
        lake.configure(CONFIG.formatted("10m", 2) + "columns: [{name: kind, type: string, from: /event_id}]\n");

        goesOn();

        assertThat(lake.staged().where("kind IS NOT NULL").count()).isEqualTo(1);
        assertThat(lake.newest().checkpoint()).isEqualTo(lake.commits().get(0).checkpoint());
    }

    @ParameterizedTest
    @CsvSource({"20m, 2", "10m, 4"})
    void anotherWindowOrNumberOfPartitionsLosesNothingAndTrustsNothingFromBefore(String window, int partitions)
            throws Exception {
        Instant before = Instant.now();
        lake.configure(CONFIG.formatted(window, partitions));

        goesOn();

        assertThat(lake.newest().checkpoint())
                .isNotEqualTo(lake.commits().get(0).checkpoint());
        assertThat(Instant.ofEpochMilli(lake.newest().state().since().orElseThrow()))
                .isAfterOrEqualTo(before);
        assertThat(lake.onTime()).doesNotContain("c");
    }

    @Test
    void aStagingTableThatWasPutBackIsRefusedUntilItIsWhole() throws Exception {
        DeltaTable staging =
                DeltaTable.forPath(lab.runtime().spark(), lake.lake().staging());
        long version = staging.history(1).first().<Long>getAs("version");
        staging.restoreToVersion(version - 1);
        lake.send("fra", 0, IngestLab.event("c", Instant.now()));

        assertThatThrownBy(() -> lake.run("fra"))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("put back by a RESTORE to before its newest batch")
                .hasMessageContaining("RESTORE the table to the version before that RESTORE");

        staging.restoreToVersion(version);
        lake.run("fra");
        assertThat(lake.ids()).containsExactly("a", "b", "c");
    }

    private void goesOn() throws Exception {
        long sequence = lake.newest().sequence();
        lake.send("fra", 0, IngestLab.event("c", Instant.now()));
        lake.send("fra", 1, "again no event");
        lake.run("fra");

        assertThat(lake.ids()).containsExactly("a", "b", "c");
        assertThat(lake.quarantined().select(Columns.KAFKA_OFFSET).collectAsList())
                .extracting(row -> row.getLong(0))
                .containsExactlyInAnyOrder(0L, 1L);
        BatchMetadata newest = lake.newest();
        assertThat(newest.sequence()).isGreaterThan(sequence);
        assertThat(newest.positions().offsets().values()).containsExactly(3L, 2L);
        assertThat(newest.total())
                .extracting(RangeStats::read, RangeStats::staged, RangeStats::quarantined)
                .containsExactly(2L, 1L, 1L);
    }

    private void expireLog(String table, boolean hasHint) throws IOException {
        DeltaLog log = DeltaLog.forTable(lab.runtime().spark(), table);
        Snapshot snapshot = log.update(false, Option.empty(), Option.empty());
        long newest = snapshot.version();
        log.checkpoint(snapshot, Option.empty());
        Path folder =
                Path.of(URI.create(table.replaceFirst("^file:/*", "file:/"))).resolve("_delta_log");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replaceFirst("^\\.", "");
                boolean isOld = name.matches("\\d{20}\\.json.*") && Long.parseLong(name.substring(0, 20)) < newest - 1;
                if (isOld || (!hasHint && name.startsWith("_last_checkpoint"))) {
                    FileUtil.fullyDelete(file.toFile());
                }
            }
        }
        DeltaLog.clearCache();
    }

    private List<Path> checkpoints() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(URI.create(lake.lake().defaultCheckpoint())))) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("from-"))
                    .toList();
        }
    }
}
