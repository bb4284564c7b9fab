package io.tributary.operations.datacenter.check;

import java.time.Duration;
import java.util.Locale;

/** Durations and shares as people read them. */
public final class Times {

    private Times() {}

    /** Two units at most, such as {@code 3 d 4 h}, {@code 47 min} or {@code 2 s}. */
    public static String words(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 120) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        if (hours < 48) {
            return hours + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
        }
        return hours / 24 + " d" + (hours % 24 == 0 ? "" : " " + hours % 24 + " h");
    }

    static String share(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
