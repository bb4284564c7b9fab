package io.tributary.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * What makes two records the same event, and for how long the stream remembers one.
 *
 * @param clockSkew how far producers' clocks may run ahead
 * @param statePartitions into how many parts the remembered identities are split; fixed for the life of a checkpoint
 */
public record DedupConfig(Duration window, DedupScope scope, Duration clockSkew, int statePartitions)
        implements Serializable {

    static final DedupConfig DEFAULTS =
            new DedupConfig(Duration.ofHours(1), DedupScope.GLOBAL, Duration.ofMinutes(5), 4);

    public DedupConfig {
        Durations.requirePositive(window);
        Durations.requireNotNegative(clockSkew);
        if (statePartitions < 1) {
            throw new IllegalArgumentException("there must be at least one state partition, not " + statePartitions);
        }
    }
}
