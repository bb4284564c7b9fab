package io.tributary.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateSpanTest {

    private static final StateSpan HOUR =
            new StateSpan("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.of(5L));

    @Test
    void theSameSettingsGoOnWhateverTheirBeginning() {
        assertThat(HOUR.continues(
                        new StateSpan("GLOBAL", Duration.ofMinutes(60), Duration.ofMinutes(5), 4, Optional.empty())))
                .isTrue();
    }

    @Test
    void anotherScopeWindowAllowanceOrNumberOfPartitionsDoesNotGoOn() {
        assertThat(HOUR.continues(
                        new StateSpan("DATA_CENTER", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.of(5L))))
                .isFalse();
        assertThat(HOUR.continues(
                        new StateSpan("GLOBAL", Duration.ofMinutes(59), Duration.ofMinutes(5), 4, Optional.of(5L))))
                .isFalse();
        assertThat(HOUR.continues(
                        new StateSpan("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(6), 4, Optional.of(5L))))
                .isFalse();
        assertThat(HOUR.continues(
                        new StateSpan("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 8, Optional.of(5L))))
                .isFalse();
    }

    @Test
    void anEmptyStateKnowsSinceWhen() {
        assertThat(HOUR.startingAt(9))
                .isEqualTo(new StateSpan("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.of(9L)));
    }
}
