package io.tributary.lab.run;

import java.time.Duration;

/** Notices when something has not changed for too long. */
public final class StallDetector {

    private final long limitNanos;
    private Object last;
    private long since;

    public StallDetector(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    /** True if {@code state} has been equal to itself for longer than the limit at {@code nowNanos}. */
    public boolean isTooLong(Object state, long nowNanos) {
        if (!state.equals(last)) {
            last = state;
            since = nowNanos;
        }
        return nowNanos - since > limitNanos;
    }
}
