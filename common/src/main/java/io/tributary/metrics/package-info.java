/**
 * The metrics that the jobs publish: which there are ({@link io.tributary.metrics.Metric}), and a file as their
 * destination. {@code io.tributary.aws.cloudwatch} is the other destination.
 *
 * <p>Publishing never blocks and never fails a job. Data points that cannot be delivered are dropped with a warning.
 * Names, dimensions and meanings are in {@code docs/metrics.md}.
 */
package io.tributary.metrics;
