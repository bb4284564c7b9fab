package io.tributary.lab.load;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * A load to play.
 *
 * @param rate records a second through all data centers together: events, duplicates and malformed ones
 * @param dataCenters who sends
 * @param weights how much of the load each of them sends, in their order
 * @param lastLags whether the last of several data centers lags behind and sends in bursts
 * @param run makes the event ids of this run its own, also on a lake that other runs have filled
 * @param seed two loads with the same seed differ in nothing but their times
 */
public record LoadSpec(
        int rate,
        Duration duration,
        List<String> dataCenters,
        List<Integer> weights,
        boolean lastLags,
        Shares shares,
        TextSize textSize,
        int run,
        long seed) {

    /** A load of data centers that send as much as one another, the last of which lags behind. */
    public LoadSpec(
            int rate,
            Duration duration,
            List<String> dataCenters,
            Shares shares,
            TextSize textSize,
            int run,
            long seed) {
        this(
                rate,
                duration,
                dataCenters,
                Collections.nCopies(dataCenters.size(), 1),
                true,
                shares,
                textSize,
                run,
                seed);
    }

    public LoadSpec {
        dataCenters = List.copyOf(dataCenters);
        weights = List.copyOf(weights);
        if (weights.size() != dataCenters.size() || weights.stream().anyMatch(weight -> weight < 0)) {
            throw new IllegalArgumentException("A load needs a weight from 0 on for each data center");
        }
        if (rate < 1
                || duration.isNegative()
                || dataCenters.isEmpty()
                || weights.stream().allMatch(weight -> weight == 0)) {
            throw new IllegalArgumentException("A load needs a rate, a duration and a data center");
        }
    }

    /**
     * How much of what is sent is out of the ordinary.
     *
     * @param duplicates the part of all records that repeat an earlier one byte by byte
     * @param backdated the part of all events that happened minutes to weeks before they are sent
     * @param malformed the part of all records that cannot be read as an event
     */
    public record Shares(double duplicates, double backdated, double malformed) {

        public Shares {
            if (!isShare(duplicates) || !isShare(backdated) || !isShare(malformed) || duplicates + malformed > 1) {
                throw new IllegalArgumentException(
                        "Shares lie between 0 and 1, and duplicates and malformed together are at most 1");
            }
        }

        private static boolean isShare(double value) {
            return value >= 0 && value <= 1;
        }
    }

    /** How many characters of free text an event carries beside its fields. */
    public record TextSize(int min, int max) {

        public static final TextSize DEFAULT = new TextSize(20, 300);

        public TextSize {
            if (min < 0 || max < min) {
                throw new IllegalArgumentException("A text size is a range from 0 on");
            }
        }
    }

    /** How many records there are in all. */
    public long records() {
        return Math.multiplyExact((long) rate, duration.toMillis()) / 1_000;
    }

    int allWeights() {
        return weights.stream().mapToInt(Integer::intValue).sum();
    }

    /** The index of a data center, chosen by a number of any size in proportion to the weights. */
    int byWeight(long number) {
        int left = (int) Math.floorMod(number, (long) allWeights());
        int index = 0;
        while (left >= weights.get(index)) {
            left -= weights.get(index);
            index++;
        }
        return index;
    }

    /** When the record of {@code slot} is due, in nanoseconds from the start. */
    long dueNanos(long slot) {
        return (long) (slot * (1e9 / rate));
    }
}
