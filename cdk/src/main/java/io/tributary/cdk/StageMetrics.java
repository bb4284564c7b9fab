package io.tributary.cdk;

import io.tributary.metrics.Metric;
import software.amazon.awscdk.Duration;

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
