package io.tributary.ingest.source;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects a clock that is behind the lake's newest batch. By such a clock new events would be in the future, and events
 * further ahead than {@code event_time.max_ahead} are rejected. So no batch may be planned by it. A small skew is
 * tolerated, since no two machines agree to the millisecond. The rest of {@code max_ahead} is left for the producers'
 * clocks.
 */
final class ClockSkewGuard {

    private static final Logger LOG = LoggerFactory.getLogger(ClockSkewGuard.class);

    private final Duration tolerance;
    private boolean wasBehind;

    ClockSkewGuard(Duration tolerance) {
        this.tolerance = tolerance;
    }

    /**
     * @param now milliseconds since the epoch
     * @param last planning time of the last batch of any driver, milliseconds since the epoch
     */
    boolean isBehind(long now, long last) {
        boolean isBehind = last - now > tolerance.toMillis();
        if (isBehind && !wasBehind) {
            LOG.error(
                    "ingest: this machine's clock is {} behind the lake's newest batch. By this clock, new events would"
                            + " be in the future and would be rejected, so nothing is read until it has caught up. Set"
                            + " the clock right, or run the job on another machine; nothing is lost meanwhile.",
                    Duration.ofMillis(last - now));
        } else if (wasBehind && !isBehind) {
            LOG.info("ingest: the clock is no longer behind the lake's newest batch; reading goes on");
        }
        wasBehind = isBehind;
        return isBehind;
    }
}
