package io.tributary.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class ToleratedReadFailureTest {

    private final Throwable byS3 = new IllegalStateException(
            "Job aborted due to stage failure", new IOException("InternalError (Service: S3, Status Code: 500)"));

    @Test
    void whatS3WasToldToDoIsExcused() {
        assertThat(new ToleratedReadFailure(() -> 10).holds(byS3, 5)).isTrue();
        assertThat(new ToleratedReadFailure(() -> 10).holds(new IllegalStateException(new SocketException("reset")), 5))
                .isTrue();
    }

    @Test
    void whileS3WasNotToldToThereIsNoExcuse() {
        assertThat(new ToleratedReadFailure(() -> 4).holds(byS3, 5)).isFalse();
    }

    @Test
    void aFaultOfTheLakeIsNeverExcused() {
        assertThat(new ToleratedReadFailure(() -> 10)
                        .holds(new IllegalStateException(new FileNotFoundException("no such file: part-1")), 5))
                .isFalse();
    }
}
