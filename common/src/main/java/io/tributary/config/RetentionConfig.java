package io.tributary.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long the lake keeps what no query of the view needs any more.
 *
 * @param staging how long rows stay in the staging table after they were merged
 * @param files how long a data file stays after its table has put others in its place, for readers that began before
 */
public record RetentionConfig(Duration staging, Duration files) implements Serializable {

    /** Files that a running job has written and not committed yet, and readers that go on, are younger than this. */
    private static final Duration SHORTEST = Duration.ofHours(1);

    static final RetentionConfig DEFAULTS = new RetentionConfig(Duration.ofDays(7), Duration.ofDays(7));

    public RetentionConfig {
        if (isTooShort(staging) || isTooShort(files)) {
            throw tooShort(staging + " and " + files);
        }
    }

    static Duration parse(String text) {
        Duration duration = Durations.parse(text);
        if (isTooShort(duration)) {
            throw tooShort(text);
        }
        return duration;
    }

    private static boolean isTooShort(Duration duration) {
        return duration.compareTo(SHORTEST) < 0;
    }

    private static IllegalArgumentException tooShort(String text) {
        return new IllegalArgumentException(Quoted.of(text)
                + " is too short; it must be at least 1h, so that queries and jobs that run keep what they read");
    }
}
