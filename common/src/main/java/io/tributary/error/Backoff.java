package io.tributary.error;

import java.time.Duration;

/**
 * How long to wait after failures in a row: the first time {@code initial}, then twice as long each time, up to
 * {@code max}.
 */
public record Backoff(Duration initial, Duration max) {

    /** More doublings than any pause needs. */
    private static final int MAX_DOUBLINGS = 30;

    public Backoff {
        if (initial.isNegative() || initial.isZero() || initial.compareTo(max) > 0) {
            throw new IllegalArgumentException("no back-off: from " + initial + " to " + max);
        }
    }

    /** @param failures in a row, 1 after the first */
    public Duration after(int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("no back-off after " + failures + " failures");
        }
        Duration pause = initial.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return pause.compareTo(max) < 0 ? pause : max;
    }
}
