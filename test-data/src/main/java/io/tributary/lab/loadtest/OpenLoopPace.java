package io.tributary.lab.loadtest;

import io.tributary.lab.load.Pace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The pace of a phase: every record when it is due, whatever became of those before it, and what is late at once. How late
 * each was is written down. An event happens when it is due, not when the generator comes to it, so a generator that is held
 * up makes no event younger.
 */
final class OpenLoopPace implements Pace {

    private static final long NAP_NANOS = 100_000_000;

    private final LoadStart start;
    private final int phase;
    private final Duration begin;
    private final SendTimes times;
    private long dueMillis;

    /** @param begin of the phase, from the start of the load */
    OpenLoopPace(LoadStart start, int phase, Duration begin, SendTimes times) {
        this.start = start;
        this.phase = phase;
        this.begin = begin;
        this.times = times;
    }

    @Override
    public void start() {
        // The load as a whole has its start.
    }

    @Override
    public boolean awaitDue(long dueNanos, BooleanSupplier goOn) {
        long due = begin.toNanos() + dueNanos;
        while (goOn.getAsBoolean()) {
            long left = start.nanos() + due - System.nanoTime();
            if (left <= 0) {
                times.add(phase, due, -left);
                dueMillis = start.millis() + due / 1_000_000;
                return true;
            }
            LockSupport.parkNanos(Math.min(left, NAP_NANOS));
        }
        return false;
    }

    /** Tells when the record whose turn it is was due. */
    Clock dueClock() {
        return new Clock() {
            @Override
            public long millis() {
                return dueMillis;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(dueMillis);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("The clock of a load is one of UTC");
            }
        };
    }
}
