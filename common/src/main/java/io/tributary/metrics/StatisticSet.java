package io.tributary.metrics;

/**
 * How one or more values of a metric are spread.
 *
 * @param count how many values; at least 1
 */
public record StatisticSet(long count, double sum, double least, double most) {

    public StatisticSet {
        if (count < 1) {
            throw new IllegalArgumentException("no value is no spread of values");
        }
    }

    public static StatisticSet of(double value) {
        return new StatisticSet(1, value, value, value);
    }

    public static StatisticSet of(long value) {
        return of((double) value);
    }

    /** The values of both. */
    public StatisticSet plus(StatisticSet other) {
        return new StatisticSet(
                count + other.count, sum + other.sum, Math.min(least, other.least), Math.max(most, other.most));
    }
}
