package io.tributary.lab.load;

import java.time.Duration;
import java.util.List;

/**
 * A load to play.
 *
 * @param rate records a second through all data centers together: events, duplicates and malformed ones
 * @param dataCenters who sends; the last of several lags behind and sends in bursts
 * @param run makes the event ids of this run its own, also on a lake that other runs have filled
 * @param seed two loads with the same seed differ in nothing but their times
 */
public record LoadSpec(
        int rate, Duration duration, List<String> dataCenters, Shares shares, TextSize textSize, int run, long seed) {

    public LoadSpec {
        dataCenters = List.copyOf(dataCenters);
        if (rate < 1 || duration.isNegative() || dataCenters.isEmpty()) {
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

    long records() {
        return Math.multiplyExact((long) rate, duration.toMillis()) / 1_000;
    }

    /** When the record of {@code slot} is due, in nanoseconds from the start. */
    long dueNanos(long slot) {
        return (long) (slot * (1e9 / rate));
    }
}
