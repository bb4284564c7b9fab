package io.tributary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.tributary.error.InvalidInputException;
import io.tributary.error.OperatorActionException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
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
    void whatIsWrappedCountsLikeWhatIsNot() {
        assertThat(endingWith(new IllegalStateException("Spark's own", new InvalidInputException("no such file"))))
                .isEqualTo(2);
    }

    @Test
    void aFullDiskIsForAnOperator() {
        assertThat(endingWith(new IllegalStateException(new IOException("No space left on device"))))
                .isEqualTo(3);
        assertThat(endingWith(new InternalError("write", new IOException("Read-only file system"))))
                .isEqualTo(3);
    }

    @Test
    void everythingElseIsADefectAndExitsWithOne() {
        assertThat(endingWith(new IllegalStateException("never"))).isEqualTo(1);
        assertThat(endingWith(new InterruptedException("stopped"))).isEqualTo(1);
        assertThat(endingWith(new NoClassDefFoundError("a/Class"))).isEqualTo(1);
    }

    @Test
    void outsideOfGlueAProcessEndsWithItsCode() throws Exception {
        AtomicInteger code = new AtomicInteger(-1);
        JobExit.end("job", () -> {}, code::set);
        assertThat(code).hasValue(0);
        JobExit.end(
                "job",
                () -> {
                    throw new InvalidInputException("the file is missing");
                },
                code::set);
        assertThat(code).hasValue(2);
    }

    @Test
    void onGlueAJobEndsWithWhatEndedIt() throws Exception {
        System.setProperty(GlueRuntime.JOB_NAME, "job");
        try {
            JobExit.end("job", () -> {}, code -> fail("Glue takes any exit for a failure"));
            assertThatThrownBy(() -> JobExit.end(
                            "job",
                            () -> {
                                throw new OperatorActionException("the table is gone");
                            },
                            code -> fail("Glue would not show why")))
                    .isInstanceOf(OperatorActionException.class)
                    .hasMessage("the table is gone");
        } finally {
            System.clearProperty(GlueRuntime.JOB_NAME);
        }
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
