package io.tributary.operations.status;

import java.time.Duration;

/**
 * What the pipeline is to keep.
 *
 * @param within the time from the append of a record in Kafka until it is queryable
 * @param share of the records for which that must hold, 0 to 1
 */
public record Objective(Duration within, double share) {

    public static final Objective DEFAULT = new Objective(Duration.ofSeconds(60), 0.99);
}
