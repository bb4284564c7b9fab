package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/** Parses the patterns of {@code event.time_format}: letters of {@code java.time}, English names, strict dates. */
public final class TimePatterns {

    private static final LocalDate DATE = LocalDate.of(2024, 2, 29);
    private static final LocalTime MORNING = LocalTime.of(3, 4, 5, 6_000_000);
    private static final LocalTime EVENING = LocalTime.of(21, 22, 23, 24_000_000);

    private TimePatterns() {}

    /**
     * The formatter of a pattern. It is strict: 30 February is rejected, whereas the lenient style of {@code java.time}
     * would make it the 28th.
     *
     * @throws IllegalArgumentException if the letters are not a pattern
     */
    public static DateTimeFormatter formatter(String pattern) {
        return new DateTimeFormatterBuilder()
                .appendPattern(pattern)
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** The pattern, if it can read back a date that it has written, and likewise the time of day if it has one. */
    static String require(String pattern) {
        try {
            DateTimeFormatter formatter = formatter(pattern);
            String morning = formatter.format(ZonedDateTime.of(DATE, MORNING, ZoneOffset.UTC));
            String evening = formatter.format(ZonedDateTime.of(DATE, EVENING, ZoneOffset.UTC));
            TemporalAccessor read = formatter.parse(evening);
            if (!DATE.equals(read.query(TemporalQueries.localDate()))) {
                throw refused(pattern, "does not yield a date", null);
            }
            if (!morning.equals(evening) && read.query(TemporalQueries.localTime()) == null) {
                throw refused(pattern, "has an ambiguous time of day (hh needs a, mm needs HH)", null);
            }
            return pattern;
        } catch (DateTimeException e) {
            throw refused(pattern, "does not yield a date (years are yyyy, months MM, days dd)", e);
        } catch (PatternRefused e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw refused(pattern, "is not a java.time pattern", e);
        }
    }

    private static PatternRefused refused(String pattern, String why, Exception cause) {
        return new PatternRefused(
                Quoted.of(pattern) + " " + why + "; write for example yyyy/MM/dd HH:mm, or default", cause);
    }

    private static final class PatternRefused extends IllegalArgumentException {
        PatternRefused(String message, Exception cause) {
            super(message, cause);
        }
    }
}
