package io.tributary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import io.tributary.error.OperatorActionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class StepRunnerTest {

    private final StepRunner steps = new StepRunner("job");

    @Test
    void everyStepIsTriedWhateverTheOthersThrow() {
        AtomicInteger done = new AtomicInteger();

        assertThat(steps.attempt("checked", throwing(new TimeoutException("a fetch"))))
                .isFalse();
        assertThat(steps.attempt("error", throwing(new NoClassDefFoundError("a/Class"))))
                .isFalse();
        assertThat(steps.attempt("last", done::incrementAndGet)).isTrue();

        assertThat(done).hasValue(1);
        assertThatThrownBy(steps::throwIfAnyFailed)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("2 steps failed: checked: java.util.concurrent.TimeoutException: a fetch; error:"
                        + " java.lang.NoClassDefFoundError: a/Class")
                .hasCauseInstanceOf(TimeoutException.class)
                .extracting(failure -> failure.getCause().getSuppressed())
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.ARRAY)
                .hasSize(1);
    }

    @Test
    void oneFailureIsThrownAsItIs() {
        steps.attempt("a", throwing(new IllegalArgumentException("no such column")));
        assertThatThrownBy(steps::throwIfAnyFailed)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such column");
    }

    @Test
    void aCheckedFailureIsWrappedAndStaysADefect() {
        steps.attempt("a", throwing(new SparkException("a task failed")));
        assertThat(JobExit.of("job", steps::throwIfAnyFailed)).isEqualTo(1);
    }

    @Test
    void whatSomebodyCanActOnKeepsItsExitCode() {
        steps.attempt("a", throwing(new SparkException("a query", new OperatorActionException("the table is gone"))));
        assertThat(JobExit.of("job", steps::throwIfAnyFailed)).isEqualTo(3);
        steps.attempt("b", throwing(new InvalidInputException("no such file")));
        assertThat(JobExit.of("job", steps::throwIfAnyFailed)).isEqualTo(3);
        steps.attempt("a", () -> {});
        assertThat(JobExit.of("job", steps::throwIfAnyFailed)).isEqualTo(2);
    }

    @Test
    void aDefectDoesNotHideBehindWhatIsKnown() {
        steps.attempt("a", throwing(new OperatorActionException("the table is gone")));
        steps.attempt("b", throwing(new IllegalStateException("never")));
        assertThat(JobExit.of("job", steps::throwIfAnyFailed)).isEqualTo(1);
    }

    @Test
    void aStepThatSucceedsForgetsItsFailure() {
        steps.attempt("a", throwing(new IllegalStateException("once")));
        steps.attempt("a", throwing(new IllegalStateException("twice")));
        assertThat(steps.failuresInARow("a")).isEqualTo(2);
        assertThat(steps.failed()).isEqualTo(1);

        steps.attempt("a", () -> {});
        assertThat(steps.failuresInARow("a")).isZero();
        assertThatCode(steps::throwIfAnyFailed).doesNotThrowAnyException();
    }

    @Test
    void aStepThatGoesOnFailingIsTriedAtGrowingIntervals() {
        AtomicInteger tried = new AtomicInteger();
        for (int round = 0; round < 15; round++) {
            steps.attemptAtGrowingIntervals("a", () -> {
                tried.incrementAndGet();
                throw new IllegalStateException("still");
            });
        }
        // In the rounds 1, 2, 4, 8.
        assertThat(tried).hasValue(4);
    }

    private static JobExit.Work throwing(Throwable failure) {
        return () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        };
    }
}
