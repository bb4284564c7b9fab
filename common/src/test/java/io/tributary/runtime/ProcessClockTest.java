package io.tributary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessClockTest {

    @Test
    void isTheMachinesUnlessAPropertySaysOtherwise() {
        assertThat(ProcessClock.of(name -> null)).isEqualTo(Clock.systemUTC());
        assertThat(ProcessClock.of(name -> name.equals(ProcessClock.PROPERTY) ? "PT-10M" : null))
                .isEqualTo(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-10)));
    }

    @Test
    void anOffsetThatIsNoDurationIsRefused() {
        assertThatThrownBy(() -> ProcessClock.of(name -> "ten minutes"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("tributary.clock.offset=ten minutes", "not a duration", "PT-10M");
    }
}
