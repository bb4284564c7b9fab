package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 90s}, {@code 1h30m}, {@code 7d}, {@code PT1H}. */
public final class Durations {

    private static final Pattern UNITS =
            Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+)s)?(?:(\\d+)ms)?");

    private static final Duration MAX_DURATION = Duration.ofDays(365_000);

    private Durations() {}

    /**
     * Reads a duration in whole milliseconds, zero included. A bare {@code 0} needs no unit.
     *
     * @throws IllegalArgumentException with value, rule and remedy
     */
    public static Duration parse(String text) {
        try {
            Duration duration = text.startsWith("P") ? Duration.parse(text) : parseUnits(text);
            if (duration.isNegative() || duration.compareTo(MAX_DURATION) > 0) {
                throw new IllegalArgumentException(Quoted.of(text) + " is not a duration between 0 and 365000d");
            }
            if (duration.toNanosPart() % 1_000_000 != 0) {
                throw new IllegalArgumentException(Quoted.of(text) + " is finer than a millisecond; write whole ms");
            }
            return duration;
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw notADuration(text, e);
        }
    }

    /** Like {@link #parse}, and rejects zero. */
    public static Duration parsePositive(String text) {
        Duration duration = parse(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is too short; it must be longer than 0, for example 90s, 1h or PT1H");
        }
        return duration;
    }

    static void requirePositive(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(duration + " is not a duration longer than 0");
        }
    }

    static void requireNotNegative(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(duration + " is a negative duration");
        }
    }

    private static Duration parseUnits(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher units = UNITS.matcher(text);
        if (text.isEmpty() || !units.matches()) {
            throw notADuration(text, null);
        }
        return Duration.ofDays(number(units, 1))
                .plusHours(number(units, 2))
                .plusMinutes(number(units, 3))
                .plusSeconds(number(units, 4))
                .plusMillis(number(units, 5));
    }

    private static long number(Matcher units, int group) {
        return units.group(group) == null ? 0 : Long.parseLong(units.group(group));
    }

    private static IllegalArgumentException notADuration(String text, Exception cause) {
        return new IllegalArgumentException(
                Quoted.of(text) + " is not a duration; write for example 90s, 1h or PT1H", cause);
    }
}
