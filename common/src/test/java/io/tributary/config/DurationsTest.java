package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, 500",
        "30s, 30000",
        "5m, 300000",
        "1h, 3600000",
        "7d, 604800000",
        "1h30m, 5400000",
        "1d2h3m4s5ms, 93784005",
        "90m500ms, 5400500",
        "PT1H, 3600000",
        "P1D, 86400000",
        "PT0.5S, 500",
        "0, 0",
        "0s, 0",
    })
    void durationsAreReadInMilliseconds(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "5", "1 hour", "1H", "5m1h", "1h1h", "-5m", "1.5h", "P1M", "P", "99999999999999999999d"
            })
    void whatIsNoDurationIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is not a duration; write for example 90s, 1h or PT1H");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "365001d", "9999999999999999s"})
    void aDurationHasBounds(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a duration between 0 and 365000d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.0001S", "PT1.0005S"})
    void aDurationIsWholeMilliseconds(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is finer than a millisecond; write whole ms");
    }
}
