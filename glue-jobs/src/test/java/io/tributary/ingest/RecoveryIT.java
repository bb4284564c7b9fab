package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.aws.s3.StateConflictException;
import io.tributary.columns.Columns;
import io.tributary.ingest.recovery.Supervisor;
import io.tributary.ingest.write.CommitConflictException;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.offsets.RangeStats;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LocalRuntime;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a killed driver, a damaged checkpoint and a second driver leave behind, and how the next start goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryIT {

    private static final String CONFIG = """
        dedup: {window: 10m, clock_skew: 5s, state_partitions: 2}
        event_time: {max_ahead: 5s}
        trigger: {interval: 200ms, metadata_timeout: 2s}
        """;

    private IngestLab lab;
    private IngestLab.TestLake lake;

    @BeforeAll
    void startLab(@TempDir Path dir) {
        lab = new IngestLab(dir, List.of("fra", "nyc"));
    }

    @AfterAll
    void closeLab() {
        lab.close();
    }

    @BeforeEach
    void newLake() throws Exception {
        lake = lab.newLake(CONFIG);
    }

    /** Spark asks anew where the first batch of a checkpoint begins, when the lake's log ends behind it. */
    @Test
    void theFirstBatchOfACheckpointIsRepeatedWithItsRecords() throws Exception {
        lake.send("fra", 0, IngestLab.event("before", Instant.now()));
        lake.run("fra");
        lake.deleteCheckpoints();
        lake.send("fra", 0, IngestLab.event("x", Instant.now()));
        lake.run("fra");
        BatchMetadata first = lake.newest();
        assertThat(first.batch()).isZero();
        lake.forgetSparksLastCommit();
        lake.run("fra");
        lake.send("fra", 1, IngestLab.event("x", Instant.now()));
        lake.run("fra");

        assertThat(lake.ids()).containsExactly("before", "x");
        assertThat(lake.newest().total().duplicate()).isEqualTo(1);
        assertThat(lake.newest().checkpoint()).isEqualTo(first.checkpoint());
    }

    @Test
    void aFirstBatchWhoseBeginningIsNotKnownCostsItsCheckpoint() throws Exception {
        lake.send("fra", 0, IngestLab.event("before", Instant.now()));
        lake.run("fra");
        lake.deleteCheckpoints();
        lake.send("fra", 0, IngestLab.event("x", Instant.now()));
        lake.run("fra");
        BatchMetadata first = lake.newest();
        lake.forgetSparksLastCommit();
        Files.delete(lake.checkpoint().resolve("beginning.json"));
        lake.send("fra", 0, IngestLab.event("y", Instant.now()));
        lake.run("fra");

        assertThat(lake.ids()).containsExactly("before", "x", "y");
        assertThat(first.batch()).isZero();
        assertThat(lake.newest().checkpoint()).isNotEqualTo(first.checkpoint());
    }

    @Test
    void aSecondJobWithOtherDataCentersIsRefused() throws Exception {
        lake.send("fra", 0, IngestLab.event("a", Instant.now()));
        StreamingQuery first = lake.job(
                        lab.runtime(), lake.dataCenters("fra"), lake.lake().root() + "/_first")
                .start();
        try {
            first.processAllAvailable();
            StreamingQuery second = lake.job(
                            anotherSession(),
                            lake.dataCenters("nyc"),
                            lake.lake().root() + "/_second")
                    .start();
            try {
                second.processAllAvailable();
                Instant time = Instant.now().plusSeconds(4);
                lake.send("nyc", 0, IngestLab.event("both", time));
                second.processAllAvailable();
                lake.send("fra", 0, IngestLab.event("both", time));

                assertThat(endOf(first)).hasRootCauseInstanceOf(CommitConflictException.class);
            } finally {
                second.stop();
            }
        } finally {
            first.stop();
        }
        assertThat(lake.ids()).containsExactly("a", "both");
    }

    private static Throwable endOf(StreamingQuery query) {
        try {
            query.processAllAvailable();
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    @Test
    void aStateThatCannotBeLoadedCostsItsCheckpointOnly() throws Exception {
        lake.send("fra", 0, IngestLab.event("a", Instant.now()));
        lake.run("fra");
        String damaged = lake.newest().checkpoint();
        for (Path file : changelogs(lake.newest().batch() + 1)) {
            Files.delete(file);
        }
        lake.send("fra", 0, IngestLab.event("b", Instant.now()));

        superviseUntilRead("b");

        assertThat(lake.ids()).containsExactly("a", "b");
        assertThat(lake.newest().checkpoint()).isNotEqualTo(damaged);
        assertThat(lake.newest().total().read()).isEqualTo(1);
    }

    @Test
    void aPlanThatIsDamagedCostsItsCheckpointOnly() throws Exception {
        lake.send("fra", 0, IngestLab.event("a", Instant.now()));
        lake.run("fra");
        Path plan = lake.checkpoint().resolve("offsets/" + lake.newest().batch());
        Files.deleteIfExists(plan.resolveSibling("." + plan.getFileName() + ".crc"));
        Files.writeString(plan, "v1\n{\"batchWater");
        lake.send("fra", 0, IngestLab.event("b", Instant.now()));

        superviseUntilRead("b");

        assertThat(lake.ids()).containsExactly("a", "b");
    }

    /**
     * A driver of before, or a second one, that reads what the batch in the lake was committed without, must not leave its
     * state behind: what it has too much would be taken for a copy once it is handed out.
     */
    @Test
    void anAttemptThatReadsMoreThanTheLakeHoldsLeavesNoStateBehind() throws Exception {
        lake.send("fra", 0, IngestLab.event("a", Instant.now()));
        lake.run("fra");
        lake.send("fra", 0, IngestLab.event("b", Instant.now()));
        lake.run("fra");
        BatchMetadata committed = lake.newest();
        lake.send("fra", 0, IngestLab.event("c", Instant.now()));
        Path plan = lake.checkpoint().resolve("offsets/" + committed.batch());
        String carried = Files.readString(plan);
        String more = carried.replace("\"0\":2", "\"0\":3");
        assertThat(more).isNotEqualTo(carried);
        lake.forgetSparksLastCommit();
        overwrite(plan, more);

        // A zombie that planned and read more when the batch was not in the lake yet; it fails and is killed.
        Path commit = newestCommit();
        Path aside = Files.move(commit, commit.resolveSibling("aside"));
        DeltaLog.clearCache();
        IngestJob zombie = lake.job(lake.dataCenters("fra"));
        StreamingQuery query = zombie.start();
        Throwable end = endOf(query);
        query.stop();
        assertThat(StateConflictException.isIn(end)).isTrue();
        overwrite(plan, carried);
        Files.deleteIfExists(commit);
        Files.move(aside, commit);
        DeltaLog.clearCache();

        lake.run("fra");
        assertThat(lake.ids()).containsExactly("a", "b", "c");
        assertThat(lake.newest().checkpoint()).isEqualTo(committed.checkpoint());
        assertThat(lake.newest().total().duplicate()).isZero();
    }

    @Test
    void theSupervisorGivesACheckpointUpOfWhichAnotherAttemptHasTheState() throws Exception {
        lake.send("fra", 0, IngestLab.event("a", Instant.now()));
        lake.run("fra");
        BatchMetadata committed = lake.newest();
        lake.send("fra", 0, IngestLab.event("b", Instant.now()));
        // As if a second driver had been first with the next batch, and had read other records.
        for (Path file : changelogs(committed.batch() + 1)) {
            Files.copy(file, file.resolveSibling((committed.batch() + 2) + ".changelog"));
        }
        superviseUntilRead("b");

        assertThat(lake.ids()).containsExactly("a", "b");
        assertThat(lake.newest().checkpoint()).isNotEqualTo(committed.checkpoint());
    }

    /** A batch that fails for the sake of one value is written without that record, which goes to quarantine. */
    @Test
    void aRecordThatNoTableTakesIsQuarantinedAndTheOthersFlow() throws Exception {
        String rebase = "spark.sql.parquet.datetimeRebaseModeInWrite";
        lake.configure(CONFIG + "columns: [{name: born, type: date, from: /born}]\n");
        Optional<String> before =
                Optional.ofNullable(lab.runtime().spark().conf().get(rebase, null));
        lab.runtime().spark().conf().set(rebase, "EXCEPTION");
        try {
            for (int i = 0; i < 20; i++) {
                lake.send("fra", i % 2, IngestLab.event("good-" + i, Instant.now()));
            }
            lake.send(
                    "fra",
                    1,
                    "{\"event_id\":\"bad\",\"event_time\":\"" + Instant.now() + "\",\"born\":\"0001-01-01\"}");
            lake.send("nyc", 0, IngestLab.event("elsewhere", Instant.now()));
            lake.run("fra", "nyc");
        } finally {
            before.ifPresentOrElse(
                    value -> lab.runtime().spark().conf().set(rebase, value),
                    () -> lab.runtime().spark().conf().unset(rebase));
        }

        assertThat(lake.ids()).hasSize(21).contains("good-0", "elsewhere").doesNotContain("bad");
        Row rejected = lake.quarantined().first();
        assertThat(lake.quarantined().count()).isEqualTo(1);
        assertThat(rejected.<String>getAs(Columns.REASON)).isEqualTo("unwritable_record");
        assertThat(rejected.<String>getAs(Columns.DETAIL)).contains("WRITE_ANCIENT_DATETIME");
        assertThat(rejected.<Integer>getAs(Columns.KAFKA_PARTITION)).isEqualTo(1);
        assertThat(rejected.<Long>getAs(Columns.KAFKA_OFFSET)).isEqualTo(10);
        assertThat(new String(rejected.<byte[]>getAs(Columns.RAW), StandardCharsets.UTF_8))
                .contains("\"bad\"");
        RangeStats total = lake.commits().stream().map(BatchMetadata::total).reduce(RangeStats.EMPTY, RangeStats::plus);
        assertThat(total.read()).isEqualTo(22);
        assertThat(total.staged()).isEqualTo(21);
        assertThat(total.quarantined()).isEqualTo(1);
        assertThat(total.duplicate()).isZero();
        assertThat(lake.checkpoint().resolve("scratch")).isEmptyDirectory();
    }

    private static void overwrite(Path file, String text) throws IOException {
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
        Files.writeString(file, text);
    }

    private Path newestCommit() throws IOException {
        try (Stream<Path> files =
                Files.list(Path.of(URI.create(lake.lake().staging().replaceFirst("^file:/*", "file:/")))
                        .resolve("_delta_log"))) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{20}\\.json"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private List<Path> changelogs(long version) throws IOException {
        try (Stream<Path> files = Files.walk(lake.checkpoint().resolve("state/0"))) {
            return files.filter(file -> file.getFileName().toString().equals(version + ".changelog"))
                    .toList();
        }
    }

    /** Under the supervisor until the event is staged. */
    private void superviseUntilRead(String id) throws Exception {
        IngestJob job = lake.job(lake.dataCenters("fra"));
        Supervisor supervisor = new Supervisor(job::start, job.recovery(), pause -> {});
        CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
            SparkSession.setActiveSession(lab.runtime().spark());
            try {
                supervisor.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        while (!ended.isDone() && !lake.ids().contains(id)) {
            Thread.onSpinWait();
        }
        supervisor.stop();
        ended.join();
    }

    /** As another process: a session of its own. */
    private JobRuntime anotherSession() {
        LocalRuntime runtime = lab.runtime();
        SparkSession session = runtime.spark().newSession();
        return new JobRuntime() {
            @Override
            public SparkSession spark() {
                return session;
            }

            @Override
            public Clock clock() {
                return runtime.clock();
            }

            @Override
            public void close() {}
        };
    }
}
