package io.tributary.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void theRootCauseIsOneLineThatNamesOurOwnPlace() {
        Exception failure =
                new Exception("outside", new IOException("No such thing\n\tat somewhere\nCaused by: other"));

        assertThat(Failures.rootLine(failure))
                .startsWith("java.io.IOException: No such thing at io.tributary.error.FailuresTest.")
                .doesNotContain("\n");
    }

    @Test
    void aLongMessageIsCut() {
        assertThat(Failures.rootLine(new IllegalStateException("x".repeat(5_000))))
                .hasSizeLessThan(800)
                .contains("…");
    }

    @Test
    void aMessageOfBlanksTakesNoLongerThanItsLength() {
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> assertThat(
                        Failures.rootLine(new IOException("x" + " ".repeat(200_000) + "y")))
                .startsWith("java.io.IOException: x  "));
    }

    @Test
    void aFailureWithoutWordsIsItsClass() {
        assertThat(Failures.rootLine(new NullPointerException())).startsWith("java.lang.NullPointerException: null");
    }

    @Test
    void causesThatLeadBackToThemselvesEnd() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);

        assertThat(Failures.chain(first)).containsExactly(first, second);
        assertThat(Failures.find(first, IOException.class)).isEmpty();
    }
}
