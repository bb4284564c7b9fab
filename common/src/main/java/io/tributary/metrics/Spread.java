package io.tributary.metrics;

/**
 * How one or more values of a metric are spread.
 *
 * @param count how many values; at least 1
 */
public record Spread(long count, double sum, double least, double most) {

    public Spread {
        if (count < 1) {
            throw new IllegalArgumentException("no value is no spread of values");
        }
    }

    public static Spread of(double value) {
        return new Spread(1, value, value, value);
    }

    public static Spread of(long value) {
        return of((double) value);
    }

    /** The values of both. */
    public Spread plus(Spread other) {
        return new Spread(
                count + other.count, sum + other.sum, Math.min(least, other.least), Math.max(most, other.most));
    }
}
