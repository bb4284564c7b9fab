package io.tributary.metrics;

import java.util.Optional;

/**
 * The value of a metric, for one data center or for the lake as a whole.
 *
 * @param dataCenter empty for the lake
 */
public record DataPoint(Metric metric, Optional<String> dataCenter, StatisticSet values) {

    public DataPoint {
        if (dataCenter.isPresent() && metric.scope() == Metric.Scope.LAKE) {
            throw new IllegalArgumentException(metric.title() + " has no value for a data center");
        }
    }

    public static DataPoint ofLake(Metric metric, double value) {
        return new DataPoint(metric, Optional.empty(), StatisticSet.of(value));
    }

    public static DataPoint ofLake(Metric metric, long value) {
        return ofLake(metric, (double) value);
    }

    public static DataPoint of(Metric metric, String dataCenter, long value) {
        return of(metric, dataCenter, (double) value);
    }

    public static DataPoint of(Metric metric, String dataCenter, double value) {
        return new DataPoint(metric, Optional.of(dataCenter), StatisticSet.of(value));
    }
}
