package io.tributary.operations.text;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Numbers and times as people read them; times are UTC. */
public final class Words {

    /** What stands for a value that is not known. */
    public static final String UNKNOWN = "?";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter ALL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private Words() {}

    /** With separators of thousands. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String count(OptionalLong number) {
        return number.isPresent() ? count(number.getAsLong()) : UNKNOWN;
    }

    /** The two greatest units: {@code 5 d 3 h}, {@code 6 min 10 s}, {@code 4.2 s}. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", Math.max(0, duration.toMillis()) / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 2 * 86_400) {
            return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    private static String two(long great, String greatUnit, long small, String smallUnit) {
        return great + " " + greatUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    public static String duration(Optional<Duration> duration) {
        return duration.map(Words::duration).orElse(UNKNOWN);
    }

    /** A share of 0 to 1 in percent, with the digits that matter: {@code 0.02%}, {@code 3.1%}, {@code 100%}. */
    public static String percent(OptionalDouble share) {
        if (share.isEmpty()) {
            return UNKNOWN;
        }
        double percent = 100 * share.getAsDouble();
        if (percent == 0 || percent == 100) {
            return (int) percent + "%";
        }
        // Rounded towards the middle: what is not nothing, or not all, never looks as if it were.
        double shown = percent < 1
                ? Math.max(0.01, Math.round(percent * 100) / 100.0)
                : Math.min(99.99, percent > 99 ? Math.floor(percent * 100) / 100 : Math.round(percent * 10) / 10.0);
        return String.format(Locale.ROOT, percent < 1 || percent > 99 ? "%.2f%%" : "%.1f%%", shown);
    }

    /** The time of day, and the date as well if it is not that of the day on which it is shown. */
    public static String time(Instant instant, Instant now) {
        return date(instant).equals(date(now))
                ? TIME.format(instant.atOffset(ZoneOffset.UTC))
                : DAY_AND_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    public static String time(Optional<Instant> instant, Instant now) {
        return instant.map(known -> time(known, now)).orElse(UNKNOWN);
    }

    public static String dateAndTime(Instant instant) {
        return ALL.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static LocalDate date(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
