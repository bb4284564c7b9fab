/**
 * What the jobs tell about their work as numbers: which there are ({@link io.tributary.metrics.Metric}), and where they
 * go, to CloudWatch or to a file.
 *
 * <p>Publishing never waits and never fails a job: what cannot be delivered is given up with a warning. Names,
 * dimensions and meanings are documented in {@code docs/metrics.md}.
 */
package io.tributary.metrics;
