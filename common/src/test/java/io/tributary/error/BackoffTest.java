package io.tributary.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    @Test
    void eachPauseIsTwiceTheOneBeforeUpToTheMaximum() {
        assertThat(IntStream.rangeClosed(1, 7).mapToObj(BACKOFF::after).map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void howeverManyFailuresThePauseIsTheMaximum() {
        assertThat(BACKOFF.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void withoutAFailureThereIsNoPause() {
        assertThatThrownBy(() -> BACKOFF.after(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no back-off after 0 failures");
    }

    @Test
    void pausesThatDoNotGrowAreNone() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no back-off: from PT0S");
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("to PT1S");
    }
}
