package io.tributary.ingest;

import io.tributary.account.BatchAccount;
import io.tributary.account.OffsetRange;
import io.tributary.account.StagingLog;
import io.tributary.ingest.source.Deferral;
import io.tributary.ingest.source.Deferrals;
import io.tributary.ingest.source.UnreadableRangeException;
import io.tributary.ingest.source.UnreadableRangeException.Unreadable;
import io.tributary.runtime.LakeFiles;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a query on again that failed because a data centre cannot be read. To be used while no query runs.
 *
 * <pre>
 *  the batch is committed nowhere ──────► it goes on without the data centre, whose ranges wait
 *  it is the lake's newest batch, once ─► a plain restart; the data centre may be back
 *                           time again ─► a new checkpoint
 * </pre>
 *
 * A batch that is in the lake has to be read again if Spark was stopped before it noted so, since the memory of
 * identities must take in what the lake did. If that cannot be, the memory is given up, never a record: a new checkpoint
 * begins where the log ends, and {@code on_time} takes into account what it does not know.
 */
final class Setbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Setbacks.class);

    private final Supplier<StagingLog> log;
    private final Checkpoints checkpoints;
    private final LakeFiles files;
    private final Clock clock;
    private long unrepeatable = -1;

    /** @param log opens the staging table's log as it is now */
    Setbacks(Supplier<StagingLog> log, Checkpoints checkpoints, LakeFiles files, Clock clock) {
        this.log = log;
        this.checkpoints = checkpoints;
        this.files = files;
        this.clock = clock;
    }

    /** Whether something was decided that lets the query go on; if not, a plain restart must do. */
    boolean resolve(Throwable failure) {
        return UnreadableRangeException.find(failure)
                .map(unreadable -> resolve(unreadable, failure))
                .orElse(false);
    }

    private boolean resolve(Unreadable unreadable, Throwable failure) {
        Optional<BatchAccount> newest = log.get().newest();
        if (newest.filter(account -> account.arrival() >= unreadable.arrival()).isEmpty()) {
            return defer(unreadable, failure);
        }
        return newest.get().arrival() == unreadable.arrival() && giveUp(newest.get(), unreadable.range(), failure);
    }

    private boolean defer(Unreadable unreadable, Throwable failure) {
        String dataCenter = unreadable.range().partition().dataCenter();
        Deferral deferral = new Deferral(unreadable.arrival(), dataCenter, clock.millis());
        boolean recorded = Deferrals.record(checkpoints.deferrals(), files, deferral, failure.toString());
        if (recorded) {
            LOG.warn(
                    "ingest[dc={}]: cannot be read now; the batch goes on without it, and what it was to carry from"
                            + " there is read later. It was {} that could not be read.",
                    dataCenter,
                    unreadable.range(),
                    failure);
        }
        return recorded;
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
