package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.time.Duration;
import java.util.Optional;

/**
 * How long the lake keeps data.
 *
 * @param staging how long rows stay in the staging table after they were merged
 * @param files how long a data file stays after its table has replaced it, for readers that began before
 * @param events how long after an event date its events stay in the merged table; empty: for ever
 * @param quarantine how long after the date of their arrival rejected records stay; empty: for ever
 */
public record RetentionConfig(
        Duration staging, Duration files, Optional<Duration> events, Optional<Duration> quarantine) {

    private static final Duration MIN_STAGING = Duration.ofHours(1);

    /**
     * The shortest retention. Uncommitted files of a running job, and files of running readers, must be younger than
     * this.
     */
    private static final Duration MIN_FILES = Duration.ofDays(1);

    /** Whole dates are dropped, so that less would drop what has just come. */
    private static final Duration MIN_DATE_RETENTION = Duration.ofDays(1);

    static final RetentionConfig DEFAULTS = new RetentionConfig(Duration.ofDays(7), Duration.ofDays(7));

    /** Events and rejected records stay for ever. */
    public RetentionConfig(Duration staging, Duration files) {
        this(staging, files, Optional.empty(), Optional.empty());
    }

    public RetentionConfig {
        requireAtLeast(MIN_STAGING, staging, staging.toString());
        requireAtLeast(MIN_FILES, files, files.toString());
        events.ifPresent(duration -> requireAtLeast(MIN_DATE_RETENTION, duration, duration.toString()));
        quarantine.ifPresent(duration -> requireAtLeast(MIN_DATE_RETENTION, duration, duration.toString()));
    }

    static Duration parseStaging(String text) {
        return parse(MIN_STAGING, text);
    }

    static Duration parseFiles(String text) {
        return parse(MIN_FILES, text);
    }

    static Duration parseDates(String text) {
        return parse(MIN_DATE_RETENTION, text);
    }

    private static Duration parse(Duration least, String text) {
        Duration duration = Durations.parse(text);
        requireAtLeast(least, duration, text);
        return duration;
    }

    private static void requireAtLeast(Duration least, Duration duration, String text) {
        if (duration.compareTo(least) < 0) {
            throw new IllegalArgumentException(Quoted.of(text) + " is too short; it must be at least "
                    + (least.toDays() > 0 ? least.toDays() + "d" : least.toHours() + "h")
                    + ", so that queries and jobs that run keep what they read and have written");
        }
    }
}
