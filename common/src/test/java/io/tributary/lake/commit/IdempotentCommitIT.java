package io.tributary.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.commit.IdempotentCommit.Claim;
import io.tributary.lake.commit.IdempotentCommit.Committed;
import io.tributary.lake.commit.IdempotentCommit.Conflict;
import io.tributary.lake.commit.IdempotentCommit.Outcome;
import io.tributary.lake.commit.IdempotentCommit.Write;
import io.tributary.runtime.LocalRuntime;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two writers of one table, and what each is told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdempotentCommitIT {

    private static final Claim FIRST = new Claim(0, 1);

    private LocalRuntime runtime;

    @TempDir
    Path dir;

    private String table;
    private int tables;

    @BeforeAll
    void startSpark() {
        runtime = LocalRuntime.open("idempotent-commit-it", 2);
    }

    @AfterAll
    void stopSpark() {
        runtime.close();
    }

    @BeforeEach
    void newTable() {
        table = dir.resolve("t" + tables++).toUri().toString();
        append();
    }

    @Test
    void aFreeNumberIsCommittedEvenWithoutRows() {
        assertThat(commit().write(rows(1, 2), FIRST, by("a"))).isEqualTo(new Committed(1));
        assertThat(commit().write(rows(), new Claim(1, 2), by("a"))).isEqualTo(new Committed(2));

        assertThat(content()).containsExactly(1L, 2L);
        assertThat(commit().highestNumber()).isEqualTo(2);
    }

    @Test
    void aTakenNumberIsAConflictAndWritesNothing() {
        assertThat(commit().write(rows(1), FIRST, by("a"))).isEqualTo(new Committed(1));

        assertThat(commit().write(rows(2), FIRST, by("b"))).isEqualTo(new Conflict());
        assertThat(content()).containsExactly(1L);
    }

    @Test
    void anotherNameHasNumbersOfItsOwn() {
        assertThat(commit().write(rows(1), FIRST, by("a"))).isEqualTo(new Committed(1));
        IdempotentCommit other = new IdempotentCommit(runtime.spark(), table, "other");

        assertThat(other.highestNumber()).isZero();
        assertThat(other.write(rows(2), FIRST, by("b"))).isEqualTo(new Committed(2));
        assertThat(content()).containsExactly(1L, 2L);
    }

    @Test
    void whoWritesAgainWhatIsThereIsToldThatItIsCommitted() {
        assertThat(commit().write(rows(1), FIRST, by("a"))).isEqualTo(new Committed(1));
        append(7);

        assertThat(commit().write(rows(1), FIRST, by("a"))).isEqualTo(new Committed(1));
        assertThat(content()).containsExactly(1L, 7L);
    }

    /** Delta's own writer would compute the table's state first, in two more. */
    @Test
    void aWriteToTheVersionOfItsClaimIsOneSparkJob() throws Exception {
        commit().write(rows(1), FIRST, by("a"));
        AtomicInteger jobs = new AtomicInteger();
        SparkContext context = runtime.spark().sparkContext();
        context.addSparkListener(new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart started) {
                jobs.incrementAndGet();
            }
        });

        commit().write(rows(2), new Claim(1, 2), by("a"));

        context.listenerBus().waitUntilEmpty();
        assertThat(jobs).hasValue(1);
    }

    @Test
    void anAppendInTheMeantimeIsNoConflict() throws Exception {
        Outcome outcome = during(() -> append(7));

        assertThat(outcome).isEqualTo(new Committed(2));
        assertThat(content()).containsExactly(1L, 2L, 7L);
    }

    /** Both have begun when the number is still free, so Delta throws instead of skipping the commit. */
    @Test
    void ofTwoThatRaceForOneNumberOneIsTold() throws Exception {
        Outcome outcome =
                during(() -> assertThat(commit().write(rows(7), FIRST, by("b"))).isEqualTo(new Committed(1)));

        assertThat(outcome).isEqualTo(new Conflict());
        assertThat(content()).containsExactly(7L);
    }

    /** The attempt is the same: its first answer was lost, as after a time-out. */
    @Test
    void whoRacesWithItsOwnAttemptIsToldThatItIsCommitted() throws Exception {
        Outcome outcome = during(
                () -> assertThat(commit().write(rows(1, 2), FIRST, by("a"))).isEqualTo(new Committed(1)));

        assertThat(outcome).isEqualTo(new Committed(1));
        assertThat(content()).containsExactly(1L, 2L);
    }

    /** The outcome of a write of 1 and 2 under number 1 of which the transaction is open while something else happens. */
    private Outcome during(Runnable meanwhile) throws Exception {
        Gate.reset();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Dataset<Row> held = ids(1, 2).coalesce(1).filter((FilterFunction<Row>) row -> Gate.pass());
            Future<Outcome> write = threads.submit(() -> commit().write(Write.append(held), FIRST, by("a")));
            assertThat(Gate.isReached()).as("the write has begun").isTrue();
            meanwhile.run();
            Gate.open();
            return write.get(1, TimeUnit.MINUTES);
        } finally {
            Gate.open();
            threads.shutdown();
        }
    }

    /** Holds the tasks of a write; static, since tasks get copies of everything else. */
    private static final class Gate {

        private static CountDownLatch reached = new CountDownLatch(0);
        private static CountDownLatch opened = new CountDownLatch(0);

        static void reset() {
            reached = new CountDownLatch(1);
            opened = new CountDownLatch(1);
        }

        static boolean pass() throws InterruptedException {
            reached.countDown();
            return opened.await(1, TimeUnit.MINUTES);
        }

        static boolean isReached() throws InterruptedException {
            return reached.await(1, TimeUnit.MINUTES);
        }

        static void open() {
            opened.countDown();
        }
    }

    private IdempotentCommit commit() {
        return new IdempotentCommit(runtime.spark(), table, RollupMetadata.APP_ID);
    }

    private static RollupMetadata by(String writer) {
        return new RollupMetadata(1, writer, 0, 1, 1);
    }

    private Write rows(long... ids) {
        return Write.append(ids(ids));
    }

    /** As another writer does it that claims no number. */
    private void append(long... ids) {
        ids(ids).write().format("delta").mode("append").save(table);
    }

    private Dataset<Row> ids(long... ids) {
        List<Long> values = Arrays.stream(ids).boxed().toList();
        return runtime.spark().createDataset(values, Encoders.LONG()).toDF("id");
    }

    private List<Long> content() {
        return runtime.spark().read().format("delta").load(table).as(Encoders.LONG()).collectAsList().stream()
                .sorted()
                .toList();
    }
}
