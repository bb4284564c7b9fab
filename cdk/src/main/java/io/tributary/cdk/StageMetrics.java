package io.tributary.cdk;

import io.tributary.metrics.Metric;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;

/**
 * The metrics of a stage in CloudWatch.
 *
 * @param namespace of this stage alone
 */
record StageMetrics(String namespace) {

    /** The period of dashboard and alarms. */
    static final java.time.Duration PERIOD = java.time.Duration.ofMinutes(5);

    static Duration period() {
        return Duration.minutes(PERIOD.toMinutes());
    }

    /**
     * The metric's value for each data center, those that will be added too. An alarm on it holds each for itself, and tells of
     * each that begins or ends.
     *
     * @param function AVG, MIN, MAX or SUM
     */
    IMetric ofEachDataCenter(Metric metric, String function) {
        return MathExpression.Builder.create()
                .expression("SELECT " + function + "(" + metric.title() + ") FROM SCHEMA(\"" + namespace + "\", "
                        + Metric.DATA_CENTER + ") GROUP BY " + Metric.DATA_CENTER)
                .usingMetrics(Map.of())
                .label("")
                .period(period())
                .build();
    }

    /** The metric's value for the lake as a whole, which has no dimension. */
    software.amazon.awscdk.services.cloudwatch.Metric ofLake(Metric metric, String statistic) {
        return software.amazon.awscdk.services.cloudwatch.Metric.Builder.create()
                .namespace(namespace)
                .metricName(metric.title())
                .statistic(statistic)
                .label("lake")
                .period(period())
                .build();
    }
}
