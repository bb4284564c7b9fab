package io.tributary.ingest.write;

import io.tributary.metrics.StatisticSet;
import java.time.Instant;

/**
 * When records were appended in Kafka, by their timestamps.
 *
 * @param sum of all, milliseconds since the epoch
 * @param earliest milliseconds since the epoch
 * @param latest milliseconds since the epoch
 */
record AppendTimeStats(long count, double sum, long earliest, long latest) {

    AppendTimeStats plus(AppendTimeStats other) {
        return new AppendTimeStats(
                count + other.count,
                sum + other.sum,
                Math.min(earliest, other.earliest),
                Math.max(latest, other.latest));
    }

    /** How long ago that was, in seconds. */
    StatisticSet agesAt(Instant now) {
        long millis = now.toEpochMilli();
        return new StatisticSet(
                count,
                ((double) millis * count - sum) / 1000,
                (millis - latest) / 1000.0,
                (millis - earliest) / 1000.0);
    }
}
