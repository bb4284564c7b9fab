package io.tributary.metrics;

/**
 * A statistic set, in CloudWatch's sense: count, sum, minimum and maximum of one or more values.
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

    /** The statistic set of both together. */
    public StatisticSet plus(StatisticSet other) {
        return new StatisticSet(
                count + other.count, sum + other.sum, Math.min(least, other.least), Math.max(most, other.most));
    }
}
