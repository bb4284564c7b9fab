package io.tributary.config;

import io.tributary.config.yaml.Quoted;
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

    /** While a cluster is silent, a trigger waits for it so long, and with it all others. */
    private static final Duration MAX_METADATA_TIMEOUT = Duration.ofMinutes(1);

    static final TriggerConfig DEFAULTS =
            new TriggerConfig(Duration.ofSeconds(10), 100_000, 20_000, Duration.ofSeconds(3));

    public TriggerConfig {
        Durations.requirePositive(interval);
        Durations.requirePositive(metadataTimeout);
        requireShort(metadataTimeout, metadataTimeout.toString());
        if (maxRecordsPerDataCenter < 1) {
            throw new IllegalArgumentException(
                    "a batch must be allowed at least one record per data center, not " + maxRecordsPerDataCenter);
        }
        if (maxReplayRecords < 1) {
            throw new IllegalArgumentException(
                    "a batch must be allowed at least one record of a replay, not " + maxReplayRecords);
        }
    }

    static Duration parseMetadataTimeout(String text) {
        Duration timeout = Durations.parsePositive(text);
        requireShort(timeout, text);
        return timeout;
    }

    private static void requireShort(Duration timeout, String text) {
        if (timeout.compareTo(MAX_METADATA_TIMEOUT) > 0) {
            throw new IllegalArgumentException(Quoted.of(text)
                    + " is too long; one silent cluster would hold up all others for so long. Write at most "
                    + MAX_METADATA_TIMEOUT.toMinutes() + "m, for example 3s");
        }
    }
}
