package io.tributary.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a batch starts and what it may read.
 *
 * @param maxRecordsPerDataCenter per batch, so that one backlog does not starve the other data centers
 * @param maxReplayRecords per batch, of all that is read by request, so that new records do not wait for it
 * @param metadataTimeout how long a cluster has to return its offsets; a cluster that does not answer contributes
 *     nothing to the batch
 */
public record TriggerConfig(
        Duration interval, long maxRecordsPerDataCenter, long maxReplayRecords, Duration metadataTimeout)
        implements Serializable {

    static final TriggerConfig DEFAULTS =
            new TriggerConfig(Duration.ofSeconds(10), 100_000, 20_000, Duration.ofSeconds(3));

    public TriggerConfig {
        Durations.requirePositive(interval);
        Durations.requirePositive(metadataTimeout);
        if (maxRecordsPerDataCenter < 1) {
            throw new IllegalArgumentException(
                    "a batch must be allowed at least one record per data center, not " + maxRecordsPerDataCenter);
        }
        if (maxReplayRecords < 1) {
            throw new IllegalArgumentException(
                    "a batch must be allowed at least one record of a replay, not " + maxReplayRecords);
        }
    }
}
