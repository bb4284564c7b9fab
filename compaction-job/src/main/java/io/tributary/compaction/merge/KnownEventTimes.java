package io.tributary.compaction.merge;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The events that have one identity, told apart by their times: two of them always lie further apart than the tolerance.
 *
 * <p>A row is held against the events that are there, never against rows that were left out as their copies. So what is
 * kept depends on the order of the rows alone, and not on how many of them one merge took in. Copies whose times drift
 * further than the tolerance from that of the event, step by step, are another event from there on.
 */
final class KnownEventTimes {

    private final Duration tolerance;
    private final NavigableSet<Instant> times = new TreeSet<>();

    KnownEventTimes(Duration tolerance) {
        this.tolerance = tolerance;
    }

    /** Adds an event that is known to be one. */
    void add(Instant time) {
        times.add(time);
    }

    /** Whether a row of this time is a copy of one of the events. */
    boolean hold(Instant time) {
        Instant before = times.floor(time.plus(tolerance));
        return before != null && !before.isBefore(time.minus(tolerance));
    }

    boolean isEmpty() {
        return times.isEmpty();
    }
}
