package io.tributary.lab.evaluate;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Durations in whole milliseconds, counted one by one, so that every percentile is exact. */
final class Latencies {

    /** Durations from here on, about a quarter of an hour, are few and kept in a map. */
    private static final int LONG = 1 << 20;

    private int[] counts = new int[1 << 12];
    private final TreeMap<Long, Integer> longOnes = new TreeMap<>();
    private long size;

    /** Adds a duration; clocks that disagree by a little make it 0 and never negative. */
    void add(long millis) {
        size++;
        long value = Math.max(0, millis);
        if (value >= LONG) {
            longOnes.merge(value, 1, Integer::sum);
            return;
        }
        if (value >= counts.length) {
            counts = Arrays.copyOf(counts, Math.min(LONG, Integer.highestOneBit((int) value) * 2));
        }
        counts[(int) value]++;
    }

    Freshness freshness() {
        return size == 0 ? Freshness.NONE : new Freshness(size, nth(0.50), nth(0.95), nth(0.99), nth(1));
    }

    /** The smallest duration that {@code share} of all do not exceed. */
    private long nth(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * size));
        long passed = 0;
        for (int millis = 0; millis < counts.length; millis++) {
            passed += counts[millis];
            if (passed >= wanted) {
                return millis;
            }
        }
        for (Map.Entry<Long, Integer> longOne : longOnes.entrySet()) {
            passed += longOne.getValue();
            if (passed >= wanted) {
                return longOne.getKey();
            }
        }
        return longOnes.lastKey();
    }
}
