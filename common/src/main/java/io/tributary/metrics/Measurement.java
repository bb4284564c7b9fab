package io.tributary.metrics;

import java.util.Optional;

/**
 * What a metric was, for one data centre or for the lake as a whole.
 *
 * @param dataCenter empty for the lake
 */
public record Measurement(Metric metric, Optional<String> dataCenter, Spread values) {

    public Measurement {
        if (dataCenter.isPresent() && metric.scope() == Metric.Scope.LAKE) {
            throw new IllegalArgumentException(metric.title() + " has no value for a data centre");
        }
    }

    public static Measurement ofLake(Metric metric, double value) {
        return new Measurement(metric, Optional.empty(), Spread.of(value));
    }

    public static Measurement ofLake(Metric metric, long value) {
        return ofLake(metric, (double) value);
    }

    public static Measurement of(Metric metric, String dataCenter, long value) {
        return of(metric, dataCenter, (double) value);
    }

    public static Measurement of(Metric metric, String dataCenter, double value) {
        return new Measurement(metric, Optional.of(dataCenter), Spread.of(value));
    }
}
