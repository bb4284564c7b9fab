package io.tributary.operations.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void durationsHaveTheirTwoGreatestUnits() {
        assertThat(Words.duration(Duration.ofMillis(4250))).isEqualTo("4.3 s");
        assertThat(Words.duration(Duration.ofMillis(-700))).isEqualTo("0.0 s");
        assertThat(Words.duration(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(Words.duration(Duration.ofSeconds(370))).isEqualTo("6 min 10 s");
        assertThat(Words.duration(Duration.ofHours(47))).isEqualTo("47 h");
        assertThat(Words.duration(Duration.ofHours(49))).isEqualTo("2 d 1 h");
    }

    @Test
    void aShareThatIsNotNothingOrNotAllNeverLooksSo() {
        assertThat(Words.percent(OptionalDouble.of(0))).isEqualTo("0%");
        assertThat(Words.percent(OptionalDouble.of(1))).isEqualTo("100%");
        assertThat(Words.percent(OptionalDouble.of(0.000001))).isEqualTo("0.01%");
        assertThat(Words.percent(OptionalDouble.of(0.999999))).isEqualTo("99.99%");
        assertThat(Words.percent(OptionalDouble.of(0.0312))).isEqualTo("3.1%");
    }

    @Test
    void whatIsNotKnownIsAQuestionMark() {
        assertThat(Words.count(OptionalLong.empty())).isEqualTo("?");
        assertThat(Words.percent(OptionalDouble.empty())).isEqualTo("?");
        assertThat(Words.duration(Optional.empty())).isEqualTo("?");
        assertThat(Words.time(Optional.empty(), NOW)).isEqualTo("?");
    }

    @Test
    void aTimeOfAnotherDayHasItsDate() {
        assertThat(Words.time(NOW.minusSeconds(60), NOW)).isEqualTo("07:59:00");
        assertThat(Words.time(NOW.minusSeconds(86_400), NOW)).isEqualTo("02-28 08:00");
    }
}
