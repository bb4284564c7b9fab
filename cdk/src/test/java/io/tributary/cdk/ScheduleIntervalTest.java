package io.tributary.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleIntervalTest {

    @Test
    void startsComeEvenlyAllDay() {
        assertThat(ScheduleInterval.parse("15m").cron()).isEqualTo("cron(0/15 * * * ? *)");
        assertThat(ScheduleInterval.parse("1h").cron()).isEqualTo("cron(0 0/1 * * ? *)");
        assertThat(ScheduleInterval.parse("6h").cron()).isEqualTo("cron(0 0/6 * * ? *)");
        assertThat(TimeOfDay.parse("04:30").cron()).isEqualTo("cron(30 4 * * ? *)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1m", "7m", "90m", "5h", "90s", "2d"})
    void whatWouldComeUnevenlyIsRefused(String text) {
        assertThatThrownBy(() -> ScheduleInterval.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not divide an hour");
    }
}
