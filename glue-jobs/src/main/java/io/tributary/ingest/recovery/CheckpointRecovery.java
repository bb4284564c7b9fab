package io.tributary.ingest.recovery;

import io.tributary.aws.s3.StateConflictException;
import io.tributary.error.Failures;
import io.tributary.ingest.read.UnreplayableBatchException;
import io.tributary.ingest.read.UnreplayableBatchException.Unreadable;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.StagingLog;
import io.tributary.offsets.OffsetRange;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovers a query that its checkpoint prevents from running: a batch that is in the lake cannot be read again, another
 * attempt at a batch has left its state, or a file is damaged.
 *
 * <p>If Spark was stopped before it recorded a batch in the checkpoint, the batch is read again, so that the
 * deduplication state takes in what the lake has. A plain restart is tried first, since the data center may be back. If
 * that does not help, the checkpoint is abandoned, but never a record: a new checkpoint begins where the log ends, and
 * {@code on_time} takes into account what it does not know. Use it while no query runs.
 */
public final class CheckpointRecovery implements Supervisor.Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointRecovery.class);

    private final Supplier<StagingLog> log;
    private final Checkpoints checkpoints;
    private long lastUnreplayableBatch = -1;
    private String running = "";

    /** @param log opens the staging table's log in its current state */
    public CheckpointRecovery(Supplier<StagingLog> log, Checkpoints checkpoints) {
        this.log = log;
        this.checkpoints = checkpoints;
    }

    /** @param checkpoint on which the query starts */
    public void runsOn(String checkpoint) {
        running = checkpoint;
    }

    /** Decides how the query can continue; false if only a plain restart is left. */
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
                "ingest[checkpoint={}]: cannot be continued and is abandoned; a new one begins where the lake's log"
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

    private boolean giveUp(BatchMetadata committed, OffsetRange range, Throwable failure) {
        if (lastUnreplayableBatch != committed.plannedAt()) {
            lastUnreplayableBatch = committed.plannedAt();
            return false;
        }
        checkpoints.giveUp(committed.checkpoint(), failure.toString());
        LOG.warn(
                "ingest[dc={}, checkpoint={}]: batch {} is in the lake and {} cannot be read again to restore the"
                        + " deduplication state; continues with a new checkpoint. Nothing is lost; events from before"
                        + " become visible with the next"
                        + " merge.",
                range.partition().dataCenter(),
                committed.checkpoint(),
                committed.batch(),
                range);
        return true;
    }
}
