package io.tributary.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobExitTest {

    @Test
    void aJobThatEndsWellExitsWithZero() {
        assertThat(JobExit.of("job", () -> {})).isZero();
    }

    @Test
    void anInputToFixExitsWithTwo() {
        assertThat(endingWith(new InvalidInputException("the file is missing"))).isEqualTo(2);
    }

    @Test
    void anOperatorToActExitsWithThree() {
        assertThat(endingWith(new OperatorActionException("the table is gone"))).isEqualTo(3);
    }

    @Test
    void everythingElseIsADefectAndExitsWithOne() {
        assertThat(endingWith(new IllegalStateException("never"))).isEqualTo(1);
        assertThat(endingWith(new InterruptedException("stopped"))).isEqualTo(1);
        assertThat(endingWith(new NoClassDefFoundError("a/Class"))).isEqualTo(1);
    }

    private static int endingWith(Throwable failure) {
        return JobExit.of("job", () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        });
    }
}
