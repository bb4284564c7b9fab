package io.tributary.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * What makes two records the same event, and how long the stream remembers an event.
 *
 * @param clockSkew how far producers' clocks may run ahead
 * @param timeTolerance how far the times of two copies of one event may differ; records of one id whose times differ by
 *     more are two events
 * @param statePartitions into how many partitions the deduplication state is split; fixed for the life of a checkpoint
 * @param stateStore what holds the state; fixed for the life of a checkpoint
 */
public record DedupConfig(
        Duration window,
        DedupScope scope,
        Duration clockSkew,
        Duration timeTolerance,
        int statePartitions,
        DedupStateStore stateStore)
        implements Serializable {

    private static final Duration TIME_TOLERANCE = Duration.ofSeconds(1);

    static final DedupConfig DEFAULTS = new DedupConfig(
            Duration.ofHours(1),
            DedupScope.GLOBAL,
            Duration.ofMinutes(5),
            TIME_TOLERANCE,
            4,
            DedupStateStore.FINGERPRINTS);

    public DedupConfig {
        Durations.requirePositive(window);
        Durations.requireNotNegative(clockSkew);
        Durations.requireNotNegative(timeTolerance);
        requireWithin(window, timeTolerance);
        if (statePartitions < 1) {
            throw new IllegalArgumentException("there must be at least one state partition, not " + statePartitions);
        }
    }

    /** The default tolerance: a second, or half of the window if that is shorter. */
    static Duration timeTolerance(Duration window) {
        Duration half = Duration.ofMillis(window.toMillis() / 2);
        return half.compareTo(TIME_TOLERANCE) < 0 ? half : TIME_TOLERANCE;
    }

    /** Reads a tolerance, which must be shorter than the window. */
    static Duration parseTimeTolerance(String text, Duration window) {
        return requireWithin(window, Durations.parse(text));
    }

    private static Duration requireWithin(Duration window, Duration tolerance) {
        if (tolerance.compareTo(window) >= 0) {
            throw new IllegalArgumentException(tolerance + " is not shorter than dedup.window, which is " + window
                    + "; make it a small part of the window");
        }
        return tolerance;
    }
}
