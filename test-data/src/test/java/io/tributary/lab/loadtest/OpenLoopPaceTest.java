package io.tributary.lab.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenLoopPaceTest {

    private final SendTimes times = new SendTimes(Duration.ZERO);

    @Test
    void aRecordOfWhichTheGeneratorComesLateWasDueAllTheSame() {
        LoadStart start = LoadStart.in(Duration.ofSeconds(-10), Clock.systemUTC());
        OpenLoopPace pace = new OpenLoopPace(start, 1, Duration.ofSeconds(2), times);

        assertThat(pace.awaitDue(Duration.ofSeconds(3).toNanos(), () -> true)).isTrue();

        assertThat(pace.dueClock().millis()).isEqualTo(start.millis() + 5_000);
        assertThat(times.lateness(1).getMaxValue()).isGreaterThan(4_900_000);
        assertThat(times.lateness(0).getTotalCount()).isZero();
        assertThat(times.isLate()).isTrue();
        assertThat(times.due(20)[5]).isEqualTo(1);
        assertThat(times.sent(20)[10]).isEqualTo(1);
    }

    @Test
    void whoIsColdMayBeLate() {
        SendTimes afterWarmUp = new SendTimes(Duration.ofSeconds(4));
        afterWarmUp.add(
                0, Duration.ofSeconds(3).toNanos(), Duration.ofSeconds(1).toNanos());
        afterWarmUp.add(0, Duration.ofSeconds(4).toNanos(), 1_000);

        assertThat(afterWarmUp.isLate()).isFalse();
        assertThat(afterWarmUp.lateness().getTotalCount()).isEqualTo(1);
    }

    @Test
    void aRecordIsNotSentBeforeItIsDue() {
        LoadStart start = LoadStart.in(Duration.ZERO, Clock.systemUTC());
        OpenLoopPace pace = new OpenLoopPace(start, 0, Duration.ZERO, times);

        assertThat(pace.awaitDue(30_000_000, () -> true)).isTrue();

        assertThat(start.since()).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    }

    @Test
    void whatIsStoppedIsNotSent() {
        OpenLoopPace pace =
                new OpenLoopPace(LoadStart.in(Duration.ofDays(1), Clock.systemUTC()), 0, Duration.ZERO, times);
        assertThat(pace.awaitDue(0, () -> false)).isFalse();
        assertThat(times.lateness().getTotalCount()).isZero();
    }
}
