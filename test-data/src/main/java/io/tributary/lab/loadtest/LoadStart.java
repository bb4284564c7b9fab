package io.tributary.lab.loadtest;

import java.time.Clock;
import java.time.Duration;

/**
 * The moment from which everything that is due is counted, by the clock that only goes forward and by the clock of the
 * day.
 *
 * @param nanos by {@link System#nanoTime}
 * @param millis since the epoch
 */
record LoadStart(long nanos, long millis) {

    /** A moment that lies ahead. */
    static LoadStart in(Duration ahead, Clock clock) {
        return new LoadStart(System.nanoTime() + ahead.toNanos(), clock.millis() + ahead.toMillis());
    }

    /** What has passed since, negative before it. */
    Duration since() {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
