package io.tributary.ingest.read;

import java.io.Serializable;
import java.time.Duration;

/**
 * How much of a batch's time and memory the reading of one task may take.
 *
 * @param timeout how long it may wait for Kafka in all
 * @param stallTimeout how long it may wait for the next record
 * @param maxBytes of record values that it takes in, save for one poll
 * @param mustReadAll whether it must read every range to its end: what is not read is deferred if not, and fails the task
 *     if so
 */
public record ReadLimits(Duration timeout, Duration stallTimeout, long maxBytes, boolean mustReadAll)
        implements Serializable {

    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration MIN_TASK_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(6);
    private static final long MAX_BYTES = 32L << 20;

    /** A batch that is in the lake already is read as the lake has it, so it may take its time. */
    public static final ReadLimits OF_COMMITTED =
            new ReadLimits(Duration.ofMinutes(5), Duration.ofSeconds(15), Long.MAX_VALUE, true);

    /**
     * The limits of each of a data center's tasks in one batch.
     *
     * @param target how long the reading of a data center may take
     * @param tasks how many tasks read it
     * @param parallelism how many tasks run at a time
     */
    public static ReadLimits of(Duration target, int tasks, int parallelism) {
        Duration whole = max(MIN_TIMEOUT, min(MAX_TIMEOUT, target));
        int rounds = (tasks + parallelism - 1) / parallelism;
        Duration each = max(MIN_TASK_TIMEOUT, whole.dividedBy(Math.max(1, rounds)));
        return new ReadLimits(each, min(each, STALL_TIMEOUT), MAX_BYTES, false);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
