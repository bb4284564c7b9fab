package io.tributary.lab.chaos;

import java.time.Duration;

/**
 * One thing that is done to the pipeline.
 *
 * @param round from 1 on
 * @param dataCenter whose cluster it is done to, where it is done to one
 * @param calm what passes before it
 * @param lasts how long its cause stays
 * @param way decides what the kind leaves open, for example whether a process ends politely; from 0 to
 *     {@link #WAYS} - 1
 */
record Fault(int round, FaultKind kind, String dataCenter, Duration calm, Duration lasts, int way) {

    static final int WAYS = 12;

    Fault {
        if (way < 0 || way >= WAYS) {
            throw new IllegalArgumentException("A way lies between 0 and " + (WAYS - 1) + ", not at " + way);
        }
    }

    /** One of several ways to do it, from 0 to {@code ways} - 1. */
    int oneOf(int ways) {
        return way % ways;
    }

    /** Whether the first of two ways is taken. */
    boolean isFirstOfTwo() {
        return oneOf(2) == 0;
    }
}
