package io.tributary.ingest.read;

import java.io.Serializable;
import java.time.Duration;

/**
 * How much time and memory one task may use for reading.
 *
 * @param timeout how long it may wait for Kafka in all
 * @param stallTimeout how long it may wait for the next record
 * @param maxBytes how many bytes of record values it may fetch; the last poll may exceed it
 * @param mustReadAll true: a range that is not read to its end fails the task; false: the rest of it is deferred
 */
public record ReadLimits(Duration timeout, Duration stallTimeout, long maxBytes, boolean mustReadAll)
        implements Serializable {

    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration MIN_TASK_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(6);
    private static final long MAX_BYTES = 32L << 20;

    /**
     * The limits for a batch that is already in the lake. It must be read exactly as it was committed, so it may take
     * longer.
     */
    public static final ReadLimits OF_COMMITTED =
            new ReadLimits(Duration.ofMinutes(5), Duration.ofSeconds(15), Long.MAX_VALUE, true);

    /**
     * The limits of each task of a data center in one batch.
     *
     * @param target how long reading a data center may take
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
