package io.tributary.lab.truth;

import java.util.Arrays;

/**
 * Numbers fingerprints from 0 on in the order in which they are added: a hash table of plain arrays, about 40 bytes for
 * each, so that millions of events fit beside everything else in a small heap.
 */
public final class FingerprintIndex {

    private static final int ABSENT = -1;

    private long[] highs = new long[1 << 10];
    private long[] lows = new long[1 << 10];
    private int size;

    /** Open addressing, at most half full; a slot holds a number plus one, 0 is free. */
    private int[] slots = new int[1 << 11];

    /** The number of {@code fingerprint}, which is added if it is new. */
    public int add(Fingerprint fingerprint) {
        return add(fingerprint.high(), fingerprint.low());
    }

    /** The number of a fingerprint, which is added if it is new. */
    public int add(long high, long low) {
        int slot = slot(high, low);
        if (slots[slot] > 0) {
            return slots[slot] - 1;
        }
        if (size == highs.length) {
            grow();
            slot = slot(high, low);
        }
        highs[size] = high;
        lows[size] = low;
        size++;
        slots[slot] = size;
        return size - 1;
    }

    /** The number of a fingerprint, or -1. */
    public int find(long high, long low) {
        int found = slots[slot(high, low)];
        return found > 0 ? found - 1 : ABSENT;
    }

    public Fingerprint get(int number) {
        if (number >= size) {
            throw new IndexOutOfBoundsException(number);
        }
        return new Fingerprint(highs[number], lows[number]);
    }

    public int size() {
        return size;
    }

    private int slot(long high, long low) {
        int mask = slots.length - 1;
        int slot = (int) (high ^ (low >>> 32)) & mask;
        while (slots[slot] > 0 && (highs[slots[slot] - 1] != high || lows[slots[slot] - 1] != low)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        highs = Arrays.copyOf(highs, size * 2);
        lows = Arrays.copyOf(lows, size * 2);
        slots = new int[highs.length * 2];
        for (int number = 0; number < size; number++) {
            slots[slot(highs[number], lows[number])] = number + 1;
        }
    }
}
