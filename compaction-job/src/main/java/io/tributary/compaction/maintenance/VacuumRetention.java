package io.tributary.compaction.maintenance;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How old a file must be that VACUUM may delete.
 *
 * <p>VACUUM counts the age by this machine's clock. If that is ahead by more than the retention, it would delete what
 * the stream has written and not committed yet. So the age counts from when the lake was last written to, as others'
 * clocks tell it.
 */
record VacuumRetention(Duration configured) {

    private static final Logger LOG = LoggerFactory.getLogger(VacuumRetention.class);

    /** A machine that is ahead by less is no news: a merge takes its time, and batches come now and then. */
    private static final Duration MIN_NEWS = Duration.ofHours(6);

    /**
     * @param now by this machine's clock
     * @param lastWritten when the lake was last written to, by clocks that are not this machine's
     */
    Duration at(Instant now, Instant lastWritten) {
        Duration ahead = Duration.between(lastWritten, now);
        if (ahead.isNegative()) {
            return configured;
        }
        if (ahead.compareTo(MIN_NEWS) > 0) {
            LOG.warn(
                    "maintenance: this machine's clock is {} ahead of the lake's newest batch; if nothing was staged for so"
                            + " long, all is well, else set it right. Replaced files are kept so much longer.",
                    ahead);
        }
        return configured.plus(ahead);
    }
}
