package io.tributary.ingest.recovery;

import io.tributary.aws.s3.StateConflictException;
import io.tributary.error.Failures;
import io.tributary.ingest.read.UnreplayableBatchException;
import io.tributary.ingest.read.UnreplayableBatchException.Unreadable;
import io.tributary.lake.commit.BatchCommit;
import io.tributary.lake.commit.StagingLog;
import io.tributary.offsets.OffsetRange;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a query on again whose checkpoint stands in its way: a batch that is in the lake cannot be read again, another
 * attempt at a batch has left its state, a file is damaged.
 *
 * <p>A batch is read again if Spark was stopped before it noted it, and the state of identities must take in what the lake
 * did. A plain restart comes first, since the data center may be back. If that does not do, the state is given up, never a
 * record: a new checkpoint begins where the log ends, and {@code on_time} takes into account what it does not know. To be
 * used while no query runs.
 */
public final class CheckpointRecovery implements Supervisor.Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointRecovery.class);

    private final Supplier<StagingLog> log;
    private final Checkpoints checkpoints;
    private long lastUnreplayableBatch = -1;
    private String running = "";

    /** @param log opens the staging table's log as it is now */
    public CheckpointRecovery(Supplier<StagingLog> log, Checkpoints checkpoints) {
        this.log = log;
        this.checkpoints = checkpoints;
    }

    /** @param checkpoint that the query is started on */
    public void runsOn(String checkpoint) {
        running = checkpoint;
    }

    /** Whether something was decided that lets the query go on; if not, a plain restart must do. */
    @Override
    public boolean resolve(Throwable failure) {
        if (StateConflictException.isIn(failure)) {
            return giveUpCheckpoint(failure);
        }
        return UnreplayableBatchException.find(failure)
                .map(unreadable -> resolve(unreadable, failure))
                .orElse(false);
    }

    @Override
    public boolean giveUpCheckpoint(Throwable failure) {
        boolean isOfTheNewestBatch = log.get()
                .newest()
                .filter(metadata -> metadata.checkpoint().equals(running))
                .isPresent();
        if (!isOfTheNewestBatch || !checkpoints.giveUp(running, failure.toString())) {
            return false;
        }
        LOG.error(
                "ingest[checkpoint={}]: cannot be gone on with and is given up; a new one begins where the lake's log"
                        + " ends. Nothing is lost. The cause: {}",
                running,
                Failures.rootLine(failure));
        return true;
    }

    private boolean resolve(Unreadable unreadable, Throwable failure) {
        return log.get()
                .newest()
                .filter(newest -> newest.plannedAt() == unreadable.plannedAt())
                .map(newest -> giveUp(newest, unreadable.range(), failure))
                .orElse(false);
    }

    private boolean giveUp(BatchCommit committed, OffsetRange range, Throwable failure) {
        if (lastUnreplayableBatch != committed.plannedAt()) {
            lastUnreplayableBatch = committed.plannedAt();
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
