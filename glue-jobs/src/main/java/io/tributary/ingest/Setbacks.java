package io.tributary.ingest;

import io.tributary.account.BatchAccount;
import io.tributary.account.OffsetRange;
import io.tributary.account.StagingLog;
import io.tributary.ingest.source.UnreadableRangeException;
import io.tributary.ingest.source.UnreadableRangeException.Unreadable;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a query on again that failed because a batch cannot be read again that is in the lake. Spark was stopped before it
 * noted the batch, and the state of identities must take in what the lake did. A plain restart comes first, since the
 * data center may be back. If that does not do, the state is given up, never a record: a new checkpoint begins where the
 * log ends, and {@code on_time} takes into account what it does not know. To be used while no query runs.
 */
final class Setbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Setbacks.class);

    private final Supplier<StagingLog> log;
    private final Checkpoints checkpoints;
    private long unrepeatable = -1;

    /** @param log opens the staging table's log as it is now */
    Setbacks(Supplier<StagingLog> log, Checkpoints checkpoints) {
        this.log = log;
        this.checkpoints = checkpoints;
    }

    /** Whether something was decided that lets the query go on; if not, a plain restart must do. */
    boolean resolve(Throwable failure) {
        return UnreadableRangeException.find(failure)
                .map(unreadable -> resolve(unreadable, failure))
                .orElse(false);
    }

    private boolean resolve(Unreadable unreadable, Throwable failure) {
        return log.get()
                .newest()
                .filter(newest -> newest.arrival() == unreadable.arrival())
                .map(newest -> giveUp(newest, unreadable.range(), failure))
                .orElse(false);
    }

    private boolean giveUp(BatchAccount committed, OffsetRange range, Throwable failure) {
        if (unrepeatable != committed.arrival()) {
            unrepeatable = committed.arrival();
            return false;
        }
        checkpoints.giveUp(committed.checkpoint(), failure.toString());
        LOG.warn(
                "ingest[dc={}, checkpoint={}]: batch {} is in the lake and {} cannot be read again to remember what it"
                        + " held; goes on with a new checkpoint. Nothing is lost; events from before show with the next"
                        + " merge.",
                range.partition().dataCenter(),
                committed.checkpoint(),
                committed.batch(),
                range);
        return true;
    }
}
