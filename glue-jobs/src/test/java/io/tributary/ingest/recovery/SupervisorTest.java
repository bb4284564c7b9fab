package io.tributary.ingest.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.OperatorActionException;
import io.tributary.ingest.write.CommitConflictException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.junit.jupiter.api.Test;

class SupervisorTest {

    private final List<String> called = new ArrayList<>();
    private final Throwable bug = new IllegalStateException("broken");
    private final Throwable unreadable = new IllegalStateException("unreadable");

    private final Queue<Optional<Throwable>> ends = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private int starts;

    @Test
    void aQueryThatIsStoppedEndsTheJob() throws Exception {
        stops();

        supervise(failure -> false);

        assertThat(starts).isEqualTo(1);
    }

    @Test
    void aFailureStartsItAgainAfterPausesThatGrow() throws Exception {
        fails(bug, 6);
        stops();

        supervise(failure -> false);

        assertThat(starts).isEqualTo(7);
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L);
    }

    @Test
    void itGivesUpWhenItFailsTimeAfterTimeWithoutABatch() {
        fails(bug, 8);

        assertThatThrownBy(() -> supervise(failure -> false))
                .isInstanceOf(StreamingQueryException.class)
                .hasRootCauseMessage("broken");
        assertThat(starts).isEqualTo(8);
    }

    @Test
    void whatWasTakenOutOfTheBatchStartsItAgainAtOnceHoweverOften() throws Exception {
        fails(unreadable, 20);
        stops();

        supervise(failure -> failure.getCause() == unreadable);

        assertThat(starts).isEqualTo(21);
        assertThat(pauses).isEmpty();
    }

    @Test
    void troubleOfOneDataCenterDoesNotEndTheJobWhateverIsBehindIt() throws Exception {
        fails(new OperatorActionException("no such secret"), 1);
        stops();

        supervise(failure -> true);

        assertThat(starts).isEqualTo(2);
    }

    @Test
    void whatSomebodyMustActOnEndsTheJob() {
        fails(new IllegalStateException(new OperatorActionException("the table is gone")), 1);

        assertThatThrownBy(() -> supervise(failure -> false))
                .isInstanceOf(OperatorActionException.class)
                .hasMessage("the table is gone");
        assertThat(starts).isEqualTo(1);
    }

    @Test
    void whatFailsWithoutABatchCostsTheCheckpointOnceAndTheJobGoesOn() throws Exception {
        fails(bug, 5);
        stops();

        supervise(givingUp(true, false));

        assertThat(starts).isEqualTo(6);
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 1L, 2L);
    }

    @Test
    void aCheckpointThatWasGivenUpInVainDoesNotKeepTheJobAlive() {
        fails(bug, 11);

        assertThatThrownBy(() -> supervise(givingUp(true, false, false, false, false, false, false)))
                .isInstanceOf(StreamingQueryException.class);
        assertThat(starts).isEqualTo(11);
    }

    @Test
    void storageThatIsFullCostsNoCheckpointAndEndsWithWordsForAnOperator() {
        fails(new IllegalStateException("writing failed", new java.io.IOException("No space left on device")), 8);

        assertThatThrownBy(() -> supervise(givingUp()))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageStartingWith("The storage is full: No space left on device");
        assertThat(starts).isEqualTo(8);
    }

    @Test
    void storageThatIsReadOnlyIsTriedAgainWhoeverSaysSo() throws Exception {
        fails(
                new OperatorActionException(
                        "a.json cannot be written", new java.io.IOException("Read-only file system")),
                4);
        stops();

        supervise(givingUp());

        assertThat(starts).isEqualTo(5);
    }

    @Test
    void aFailureThatNoSignatureDeclaresStartsTheQueryAgain() throws Exception {
        fails(new java.util.concurrent.TimeoutException("checked, and thrown by Scala"), 1);
        stops();

        new Supervisor(
                        () -> {
                            if (starts == 0) {
                                starts++;
                                sneakily(new java.io.IOException("at the start"));
                            }
                            return query();
                        },
                        failure -> false,
                        pauses::add)
                .run();

        assertThat(pauses).hasSize(2);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneakily(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void theFirstCommitOfAnotherDriverCostsARestartAndTheSecondEndsTheJob() {
        fails(overtaken(), 2);

        assertThatThrownBy(() -> supervise(failure -> false))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("another driver has committed")
                .hasMessageContaining("a second streaming job writes to this lake");
        assertThat(starts).isEqualTo(2);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aCommitThatArrivesLateLongAfterAnotherCostsARestartAgain() throws Exception {
        fails(overtaken(), 2);
        stops();
        Queue<Instant> times = new ArrayDeque<>(List.of(Instant.EPOCH, Instant.EPOCH.plusSeconds(601)));
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return times.remove();
            }
        };

        new Supervisor(this::query, failure -> false, pauses::add, clock).run();

        assertThat(starts).isEqualTo(3);
    }

    private static Throwable overtaken() {
        return new IllegalStateException(new CommitConflictException("another driver has committed"));
    }

    /** Gives up the checkpoint, or cannot, in this order; it may not be asked more often. */
    private static Supervisor.Recovery givingUp(Boolean... answers) {
        Queue<Boolean> left = new ArrayDeque<>(List.of(answers));
        return new Supervisor.Recovery() {
            @Override
            public boolean resolve(Throwable failure) {
                return false;
            }

            @Override
            public boolean giveUpCheckpoint(Throwable failure) {
                return left.remove();
            }
        };
    }

    private void supervise(Supervisor.Recovery recovery) throws Exception {
        new Supervisor(this::query, recovery, pauses::add).run();
    }

    @Test
    void thatTheJobEndsIsToldWhetherItIsStoppedOrFails() throws Exception {
        AtomicInteger told = new AtomicInteger();
        stops();
        new Supervisor(this::query, failure -> false, pauses::add, Clock.systemUTC(), told::incrementAndGet).run();
        assertThat(told).hasValue(1);

        fails(new IllegalStateException(new OperatorActionException("the table is gone")), 1);
        Supervisor failing =
                new Supervisor(this::query, failure -> false, pauses::add, Clock.systemUTC(), told::incrementAndGet);
        assertThatThrownBy(failing::run).isInstanceOf(OperatorActionException.class);
        assertThat(told).hasValue(2);
        failing.stop();
        assertThat(told).as("the process may end before run() tells it").hasValue(3);
    }

    @Test
    void aQueryThatStartsWhileTheJobIsStoppedIsStoppedToo() throws Exception {
        stops();
        AtomicReference<Supervisor> supervisor = new AtomicReference<>();
        supervisor.set(new Supervisor(
                () -> {
                    supervisor.get().stop();
                    return query();
                },
                failure -> false,
                pause -> {}));

        supervisor.get().run();

        assertThat(called).containsSubsequence("stop", "awaitTermination");
    }

    private void fails(Throwable failure, int times) {
        ends.addAll(Collections.nCopies(times, Optional.of(failure)));
    }

    private void stops() {
        ends.add(Optional.empty());
    }

    /** A query that ends as the test has it; it has made no progress. */
    private StreamingQuery query() {
        starts++;
        return (StreamingQuery) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StreamingQuery.class}, (query, method, arguments) -> {
                    called.add(method.getName());
                    Optional<Throwable> end =
                            method.getName().equals("awaitTermination") ? ends.remove() : Optional.empty();
                    if (end.isPresent()) {
                        throw new StreamingQueryException(
                                "",
                                end.get().getMessage(),
                                end.get(),
                                "",
                                "",
                                "",
                                scala.collection.immutable.Map$.MODULE$.empty());
                    }
                    return null;
                });
    }
}
