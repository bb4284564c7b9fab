package io.tributary.operations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndOfPauseTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.5Z");

    @ParameterizedTest
    @CsvSource({
        "2026-02-01T08:00:00Z, 2026-02-01T08:00:00Z",
        "2026-02-01T08:00:00+02:00, 2026-02-01T06:00:00Z",
        "14:00, 2026-01-31T14:00:00Z",
        "9:30, 2026-02-01T09:30:00Z",
        "4h, 2026-01-31T16:00:00Z",
        "1h30m, 2026-01-31T13:30:00Z"
    })
    void aTimeIsReadAsPeopleWriteIt(String text, Instant end) {
        assertThat(EndOfPause.parse(text, NOW)).isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"noon", "", "25:00", "0", "-1h", "2026-02-01", "2026-02-30T00:00:00Z"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> EndOfPause.parse(text, NOW))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is no time");
    }

    @Test
    void aTimeThatIsOverIsRefused() {
        assertThatThrownBy(() -> EndOfPause.parse("2026-01-31T12:00:00Z", NOW))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Name a later time");
    }
}
