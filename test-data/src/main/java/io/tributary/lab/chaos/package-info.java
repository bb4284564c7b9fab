/**
 * Faults in a running pipeline, behind {@code scripts/chaos}.
 *
 * <p>A {@link io.tributary.lab.chaos.Schedule} says beforehand what is done; {@link io.tributary.lab.chaos.ChaosLab}
 * shows the whole. What breaks are real processes, real Kafka clusters, and the answers of a real S3 endpoint; the jobs
 * know nothing of it. What comes of it is judged as every local run is.
 */
package io.tributary.lab.chaos;
