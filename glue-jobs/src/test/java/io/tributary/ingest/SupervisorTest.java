package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.runtime.OperatorActionException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Predicate;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.junit.jupiter.api.Test;

class SupervisorTest {

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

    private void supervise(Predicate<Throwable> deferred) throws Exception {
        new Supervisor(this::query, deferred, pauses::add).run();
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
