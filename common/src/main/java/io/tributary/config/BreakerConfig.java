package io.tributary.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a data center is halted because most of its records are rejected.
 *
 * @param maxRejectedPercent share of the records read; at 100 no data center is halted
 * @param window over how much time
 * @param minRecords fewer records in the window say nothing
 */
public record BreakerConfig(int maxRejectedPercent, Duration window, long minRecords) implements Serializable {

    public static final BreakerConfig DEFAULTS = new BreakerConfig(50, Duration.ofMinutes(5), 1000);

    public BreakerConfig {
        Durations.requirePositive(window);
        if (maxRejectedPercent < 1 || maxRejectedPercent > 100 || minRecords < 1) {
            throw new IllegalArgumentException(
                    "no breaker: " + maxRejectedPercent + " percent of " + minRecords + " records");
        }
    }

    /** Whether so many rejected records of those read are too many. */
    public boolean isExceeded(long rejected, long read) {
        return read >= minRecords && 100.0 * rejected > (double) maxRejectedPercent * read;
    }
}
