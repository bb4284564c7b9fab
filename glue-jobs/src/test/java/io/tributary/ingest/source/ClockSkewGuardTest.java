package io.tributary.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockSkewGuardTest {

    private final ClockSkewGuard check = new ClockSkewGuard(Duration.ofMillis(100));

    @Test
    void aLittleBehindIsTolerated() {
        assertThat(check.isBehind(1_000, 900)).isFalse();
        assertThat(check.isBehind(1_000, 1_100)).isFalse();
        assertThat(check.isBehind(1_000, 1_101)).isTrue();
    }

    @Test
    void itGoesOnOnceTheClockHasCaughtUp() {
        assertThat(check.isBehind(1_000, 601_000)).isTrue();
        assertThat(check.isBehind(600_900, 601_000)).isFalse();
    }
}
