package io.tributary.compaction.maintenance;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How old a file must be before VACUUM may delete it.
 *
 * <p>VACUUM measures age by this machine's clock. If that clock is ahead by more than the retention, VACUUM would
 * delete files that the stream has written and not committed yet. So age is measured from the last write to the lake,
 * by the clocks of other machines.
 */
record VacuumRetention(Duration configured) {

    private static final Logger LOG = LoggerFactory.getLogger(VacuumRetention.class);

    /** A smaller difference is normal: a merge takes time, and batches do not come all the time. */
    private static final Duration MIN_CLOCK_AHEAD = Duration.ofHours(6);

    /**
     * @param now by this machine's clock
     * @param lastWritten when the lake was last written to, by clocks of other machines
     */
    Duration at(Instant now, Instant lastWritten) {
        Duration ahead = Duration.between(lastWritten, now);
        if (ahead.isNegative()) {
            return configured;
        }
        if (ahead.compareTo(MIN_CLOCK_AHEAD) > 0) {
            LOG.warn(
                    "maintenance: this machine's clock is {} ahead of the lake's newest batch; if nothing was staged for so"
                            + " long, all is well, else set it right. Replaced files are kept so much longer.",
                    ahead);
        }
        return configured.plus(ahead);
    }
}
