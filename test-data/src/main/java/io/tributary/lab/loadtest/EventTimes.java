package io.tributary.lab.loadtest;

import io.tributary.lab.evaluate.FirstShown;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Of every event that was shown: when it was due, appended, staged and visible, in milliseconds since the epoch. In arrays,
 * since there are millions.
 *
 * <p>An event of the load happens when it is due, so its event time is its due time, except for those that are backdated,
 * by two minutes at least.
 */
final class EventTimes implements FirstShown {

    private static final long BACKDATED = Duration.ofMinutes(2).toMillis();

    private long[] due = new long[1 << 12];
    private long[] appended = new long[1 << 12];
    private long[] staged = new long[1 << 12];
    private long[] visible = new long[1 << 12];
    private byte[] dataCenters = new byte[1 << 12];
    private boolean[] onTime = new boolean[1 << 12];
    private int size;

    @Override
    public synchronized void shown(Times times, boolean isOnTime, int dataCenter) {
        if (size == due.length) {
            int more = size * 2;
            due = Arrays.copyOf(due, more);
            appended = Arrays.copyOf(appended, more);
            staged = Arrays.copyOf(staged, more);
            visible = Arrays.copyOf(visible, more);
            dataCenters = Arrays.copyOf(dataCenters, more);
            onTime = Arrays.copyOf(onTime, more);
        }
        due[size] = times.eventMicros() / 1_000;
        appended[size] = times.kafkaMillis();
        staged[size] = times.arrivedMillis();
        visible[size] = times.visibleMillis();
        dataCenters[size] = (byte) dataCenter;
        onTime[size] = isOnTime;
        size++;
    }

    int size() {
        return size;
    }

    long due(int event) {
        return due[event];
    }

    long appended(int event) {
        return appended[event];
    }

    long staged(int event) {
        return staged[event];
    }

    long visible(int event) {
        return visible[event];
    }

    int dataCenter(int event) {
        return dataCenters[event];
    }

    boolean isOnTime(int event) {
        return onTime[event];
    }

    /** Whether its due time is known: it is not backdated. */
    boolean hasDue(int event) {
        return appended[event] - due[event] < BACKDATED;
    }

    /** The numbers of the events of which something holds. */
    int[] where(IntPredicate holds) {
        int[] found = new int[size];
        int count = 0;
        for (int event = 0; event < size; event++) {
            if (holds.test(event)) {
                found[count] = event;
                count++;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
