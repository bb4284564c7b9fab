package io.tributary.lab.loadtest;

import java.time.Duration;
import java.util.Arrays;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * When records were due and when they were handed to the producer, second by second, and how much later, by phase. Filled
 * by one thread, to be read once that has ended.
 */
final class SendTimes {

    /** A record later than this at the 99th percentile would measure the generator instead of the pipeline. */
    static final Duration MAX_LATE_P99 = Duration.ofMillis(100);

    private static final int DIGITS = 3;

    private final long warmUpNanos;
    private final TreeMap<Integer, Histogram> byPhase = new TreeMap<>();
    private long[] due = new long[64];
    private long[] sent = new long[64];

    /** @param warmUp how late records are that are due before, while this process is still cold, does not count */
    SendTimes(Duration warmUp) {
        this.warmUpNanos = warmUp.toNanos();
    }

    void add(int phase, long dueNanos, long lateNanos) {
        if (dueNanos >= warmUpNanos) {
            byPhase.computeIfAbsent(phase, any -> new Histogram(DIGITS)).recordValue(Math.max(0, lateNanos) / 1_000);
        }
        due = plusOne(due, dueNanos);
        sent = plusOne(sent, dueNanos + lateNanos);
    }

    private static long[] plusOne(long[] counts, long nanos) {
        int second = (int) Math.max(0, nanos / 1_000_000_000L);
        long[] grown = second < counts.length ? counts : Arrays.copyOf(counts, Math.max(second + 1, counts.length * 2));
        grown[second]++;
        return grown;
    }

    /** How late records were, in microseconds. */
    Histogram lateness() {
        Histogram all = new Histogram(DIGITS);
        byPhase.values().forEach(all::add);
        return all;
    }

    /** How late the records of a phase were, in microseconds. */
    Histogram lateness(int phase) {
        return byPhase.getOrDefault(phase, new Histogram(DIGITS));
    }

    /** Whether records were handed over so late that the run says nothing. */
    boolean isLate() {
        return isLate(lateness());
    }

    static boolean isLate(Histogram micros) {
        return micros.getTotalCount() > 0 && micros.getValueAtPercentile(99) > MAX_LATE_P99.toNanos() / 1_000;
    }

    /** Records that were due in each second. */
    long[] due(int seconds) {
        return Arrays.copyOf(due, seconds);
    }

    /** Records that were handed to the producer in each second. */
    long[] sent(int seconds) {
        return Arrays.copyOf(sent, seconds);
    }
}
