package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimePatternsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyy/MM/dd HH:mm",
                "uuuu-MM-dd'T'HH:mm:ss.SSSXXX",
                "dd.MM.yy HH:mm",
                "EEE, d MMM yyyy HH:mm:ss Z",
                "MM/dd/yyyy hh:mm a",
                "yyyyMMdd",
                "yyyyDDD",
                "yyyyMMddHHmmssSSS",
                "YYYY-'W'ww-e",
                "yyyy-MM-dd G",
                "yyyy-MM-dd HH:mm VV",
                "yyyy-MM-dd[ HH:mm]"
            })
    void patternsWithADateAreTaken(String pattern) {
        assertThat(TimePatterns.require(pattern)).isEqualTo(pattern);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HH:mm:ss | does not yield a date",
                "yyyy-MM | does not yield a date",
                "YYYY-MM-dd | does not yield a date",
                "yyyy-mm-dd | does not yield a date",
                "MM-dd HH:mm | does not yield a date",
                "yyyy-MM-dd hh:mm | has an ambiguous time of day (hh needs a, mm needs HH)",
                "yyyy-MM-dd mm:ss | has an ambiguous time of day",
                "banana | is not a java.time pattern",
                "ISO | is not a java.time pattern",
                "yyyy-MM-dd'T | is not a java.time pattern",
            })
    void patternsThatLoseTimeAreRefused(String pattern, String why) {
        assertThatThrownBy(() -> TimePatterns.require(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + pattern + "\" " + why)
                .hasMessageEndingWith("; write for example yyyy/MM/dd HH:mm, or default");
    }

    @Test
    void aDateThatDoesNotExistIsNotMovedToOneThatDoes() {
        assertThat(LocalDateTime.parse("2024/02/29 08:00", TimePatterns.formatter("yyyy/MM/dd HH:mm")))
                .isEqualTo(LocalDateTime.of(2024, 2, 29, 8, 0));
        assertThatThrownBy(() -> LocalDateTime.parse("2023/02/29 08:00", TimePatterns.formatter("yyyy/MM/dd HH:mm")))
                .isInstanceOf(DateTimeParseException.class)
                .hasMessageContaining("Invalid date 'February 29' as '2023' is not a leap year");
    }
}
