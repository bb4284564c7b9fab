package io.tributary.operations.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.LakeTables;
import io.tributary.lake.log.DataFiles;
import io.tributary.lake.log.TableFiles;
import io.tributary.operations.replay.QuarantineFiles.Group;
import io.tributary.operations.replay.QuarantineFiles.Rejected;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.EventSchema;
import io.tributary.schema.Lake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is read of the quarantine without Spark is what Delta says it holds: a real table with checkpoints and removed files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuarantineFilesIT {

    private static final Instant EVENING = Instant.parse("2026-03-01T23:59:00Z");
    private static final PipelineConfig CONFIG = PipelineConfig.defaults();
    private static final Configuration HADOOP = new Configuration();
    private static final QuarantineFilter ALL =
            new QuarantineFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final int BATCHES = 25;

    private LocalRuntime runtime;
    private Lake lake;

    @BeforeAll
    void makeALake(@TempDir Path dir) {
        runtime = LocalRuntime.open("quarantine-files-it", 2);
        lake = lake(dir);
        // A checkpoint of several files at the 20th commit, and of one at the others.
        for (int batch = 0; batch < BATCHES; batch++) {
            runtime.spark().conf().set("spark.databricks.delta.checkpoint.partSize", batch < 15 ? "1000" : "5");
            append(
                    row("fra", "not_json", batch, EVENING.plusSeconds(10L * batch), "no json"),
                    row("nyc", batch % 2 == 0 ? "empty" : "not_utf8", batch, EVENING.plusSeconds(10L * batch), null));
            if (batch == 12 || batch == 22) {
                // The files of the first batches of each are replaced.
                DeltaTable.forPath(runtime.spark(), lake.quarantine()).delete("kafka_offset = " + (batch - 12));
            }
        }
        DeltaTable.forPath(runtime.spark(), lake.quarantine())
                .optimize()
                .where("arrival_date = '2026-03-01'")
                .executeCompaction();
    }

    private Lake lake(Path dir) {
        Lake made = Lake.of(Optional.of(dir.toUri().toString()), CONFIG);
        new LakeTables(runtime.spark()).ensure(made, CONFIG.columns());
        return made;
    }

    @AfterAll
    void end() {
        runtime.spark().conf().unset("spark.databricks.delta.checkpoint.partSize");
        runtime.close();
    }

    @Test
    void itHasTheFilesThatDeltaHas() {
        assertThat(Path.of(lake.quarantine().substring("file:".length()), "_delta_log")
                        .toFile()
                        .list())
                .as("a checkpoint of several files")
                .anyMatch(name -> name.matches("\\d{20}\\.checkpoint\\.\\d{10}\\.\\d{10}\\.parquet"));

        DataFiles files = DataFiles.ofNewest(lake.quarantine(), HADOOP);

        assertThat(files.files())
                .extracting(file ->
                        file.path().toString().substring(lake.quarantine().length() + 1))
                .containsExactlyInAnyOrderElementsOf(
                        TableFiles.ofNewest(runtime.spark(), lake.quarantine()).all().stream()
                                .map(file -> file.path())
                                .toList());
        assertThat(files.files())
                .extracting(file -> file.partition().value(Columns.ARRIVAL_DATE).orElseThrow())
                .contains("2026-03-01", "2026-03-02");
    }

    @Test
    void recordsAreCountedByDataCenterAndReason() {
        List<Group> groups = new QuarantineFiles(lake, HADOOP).groups(ALL);

        assertThat(groups)
                .containsExactly(
                        new Group(
                                "fra",
                                "not_json",
                                23,
                                EVENING.plusSeconds(10),
                                EVENING.plusSeconds(240),
                                "events-1 offset 1: why"),
                        new Group(
                                "nyc",
                                "not_utf8",
                                12,
                                EVENING.plusSeconds(10),
                                EVENING.plusSeconds(230),
                                "events-1 offset 1: why"),
                        new Group(
                                "nyc",
                                "empty",
                                11,
                                EVENING.plusSeconds(20),
                                EVENING.plusSeconds(240),
                                "events-1 offset 2: why"));
        assertThat(groups.stream().mapToLong(Group::records).sum())
                .isEqualTo(DeltaTable.forPath(runtime.spark(), lake.quarantine())
                        .toDF()
                        .count());
    }

    @Test
    void aFilterCountsWhatSparkCounts() {
        Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
        QuarantineFiles files = new QuarantineFiles(lake, HADOOP);
        for (QuarantineFilter filter : List.of(
                new QuarantineFilter(Optional.of("fra"), Optional.empty(), Optional.of(midnight), Optional.empty()),
                new QuarantineFilter(Optional.empty(), Optional.of("empty"), Optional.empty(), Optional.of(midnight)),
                new QuarantineFilter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(EVENING.plusSeconds(30)),
                        Optional.of(EVENING.plusSeconds(90))),
                new QuarantineFilter(Optional.of("mars"), Optional.empty(), Optional.empty(), Optional.empty()))) {
            assertThat(files.groups(filter).stream().mapToLong(Group::records).sum())
                    .as(filter.words())
                    .isEqualTo(new Quarantine(runtime.spark(), lake, files)
                            .rows(filter)
                            .count());
        }
    }

    @Test
    void theNewestAreShownWithTheirBytes() {
        List<Rejected> newest = new QuarantineFiles(lake, HADOOP).newest(ALL, 3);

        assertThat(newest)
                .extracting(one -> one.dataCenter() + " " + one.place() + " " + one.reason())
                .hasSize(3)
                .contains("fra events-1 offset 24 not_json", "nyc events-1 offset 24 empty");
        assertThat(newest)
                .filteredOn(one -> one.dataCenter().equals("fra"))
                .first()
                .satisfies(one -> {
                    assertThat(one.record().bytes()).isEqualTo("no json".getBytes(StandardCharsets.UTF_8));
                    assertThat(one.record().timestamp()).isEqualTo(1_772_409_540_000_123L);
                    assertThat(one.arrivedAt()).isEqualTo(EVENING.plusSeconds(240));
                });
        assertThat(newest)
                .filteredOn(one -> one.dataCenter().equals("nyc"))
                .first()
                .satisfies(one -> assertThat(one.record().bytes()).isNull());
    }

    @Test
    void whereThereIsNoTableOrNotAllOfItsLogItSaysSo(@TempDir Path dir) throws Exception {
        Lake other = lake(dir);
        Path log = Path.of(other.quarantine().substring("file:".length()), "_delta_log");
        Files.delete(log.resolve("00000000000000000000.json"));
        assertThatThrownBy(() -> new QuarantineFiles(other, HADOOP)).isInstanceOf(InvalidInputException.class);

        Files.writeString(log.resolve("00000000000000000007.json"), "{}");
        assertThatThrownBy(() -> new QuarantineFiles(other, HADOOP))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("neither its first commit nor a last checkpoint");
    }

    private void append(Row... rows) {
        runtime.spark()
                .createDataFrame(List.of(rows), EventSchema.quarantine())
                .coalesce(1)
                .write()
                .format("delta")
                .mode("append")
                .save(lake.quarantine());
    }

    private static Row row(String dataCenter, String reason, long offset, Instant arrivedAt, String raw) {
        return RowFactory.create(
                reason,
                "why",
                raw == null ? null : raw.getBytes(StandardCharsets.UTF_8),
                dataCenter,
                "events",
                1,
                offset,
                EVENING.plusNanos(123_000),
                "cluster/topic",
                null,
                null,
                arrivedAt,
                LocalDate.ofInstant(arrivedAt, ZoneOffset.UTC));
    }
}
