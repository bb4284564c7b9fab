package io.tributary.ingest.write;

import io.tributary.account.BatchAccount;
import io.tributary.account.Frontier;
import io.tributary.account.Range;
import io.tributary.account.StagingLog;
import io.tributary.account.StateSpan;
import io.tributary.ingest.source.BatchPhase;
import io.tributary.metrics.Metrics;
import io.tributary.runtime.OperatorActionException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one micro-batch, exactly once.
 *
 * <pre>
 *  batch ──► count what became of each record ──► does it continue the log? ──► quarantine ──► staging + account
 * </pre>
 *
 * The staging commit carries rows and account as one fact; until it is made the batch is committed nowhere, and a
 * replay writes it. After it a replay writes nothing. The commit's sequence number is claimed with it, so of two
 * drivers at most one commits a batch, and the other is told.
 */
public final class BatchWriter implements VoidFunction2<Dataset<Row>, Long> {

    private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

    private final String checkpoint;
    private final StateSpan state;
    private final StagingLog log;
    private final StagingTable staging;
    private final QuarantineTable quarantine;
    private final Metrics metrics;
    private final Clock clock;

    /** @param checkpoint name of the checkpoint that the query runs on */
    public BatchWriter(
            String checkpoint,
            StateSpan state,
            StagingLog log,
            StagingTable staging,
            QuarantineTable quarantine,
            Metrics metrics,
            Clock clock) {
        this.checkpoint = checkpoint;
        this.state = state;
        this.log = log;
        this.staging = staging;
        this.quarantine = quarantine;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void call(Dataset<Row> batch, Long batchId) {
        batch.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            // Counting runs the whole batch even if it is committed already: the state has to take it in either way.
            BatchTally tally = BatchTally.of(batch);
            BatchPhase.counted(batch.sparkSession().sparkContext());
            if (!tally.isEmpty()) {
                write(batch, batchId, tally);
            }
        } finally {
            BatchPhase.ended(batch.sparkSession().sparkContext());
            batch.unpersist();
        }
    }

    private void write(Dataset<Row> batch, long batchId, BatchTally tally) {
        Optional<BatchAccount> last = log.newest();
        if (last.filter(account -> account.checkpoint().equals(checkpoint) && account.batch() >= batchId)
                .isPresent()) {
            requireSame(last.get(), batchId, tally);
            LOG.info("ingest[batch={}]: is in the lake already, nothing to write", batchId);
            return;
        }
        Frontier before = last.map(BatchAccount::frontier).orElse(Frontier.EMPTY);
        BatchAccount account = account(last, batchId, tally, continued(before, tally));
        if (tally.quarantined() > 0) {
            quarantine.write(batch, account, before);
        }
        staging.write(batch, account, tally.staged());
        if (!log.newest().equals(Optional.of(account))) {
            throw new OperatorActionException("Batch " + batchId + " of checkpoint " + checkpoint
                    + " was not written, because another driver has committed in its place: a second streaming job"
                    + " writes to this lake. Stop one of them; the one that goes on resumes from the log.");
        }
        Instant visible = clock.instant();
        metrics.publish(visible, BatchMetrics.of(account, tally.times(), visible));
        Range total = account.total();
        LOG.info(
                "ingest[batch={}]: read={} staged={} duplicate={} quarantined={} unfit={} ranges={} deferred={} lost={}",
                batchId,
                total.read(),
                total.staged(),
                total.duplicate(),
                total.quarantined(),
                total.unfit(),
                account.ranges().size(),
                account.deferred().size(),
                account.lost().size());
    }

    /**
     * The state has to take in what the lake did. If another driver committed this batch with other ranges, as it may
     * when only one of the two could read a data centre, the batch is planned again, which then follows the account.
     */
    private static void requireSame(BatchAccount committed, long batchId, BatchTally tally) {
        if (committed.batch() == batchId && !tally.carriesWhat(committed)) {
            throw new IllegalStateException("Batch " + batchId + " of checkpoint " + committed.checkpoint()
                    + " is in the lake already and carries other ranges there: another driver has committed it."
                    + " The query starts again and follows what the lake holds.");
        }
    }

    private BatchAccount account(Optional<BatchAccount> last, long batchId, BatchTally tally, Frontier after) {
        long arrivedAt = Math.max(
                clock.millis(), last.map(account -> account.arrivedAt() + 1).orElse(0L));
        return new BatchAccount(
                last.map(BatchAccount::sequence).orElse(0L) + 1,
                checkpoint,
                batchId,
                tally.arrival(),
                arrivedAt,
                state,
                tally.ranges(),
                tally.deferred(),
                tally.lost(),
                tally.readErrors(),
                after);
    }

    /** The offsets in the log are the truth: a batch that does not continue them is not written. */
    private static Frontier continued(Frontier before, BatchTally tally) {
        try {
            return before.after(tally.ranges(), tally.deferred(), tally.lost());
        } catch (Frontier.BrokenException e) {
            throw new OperatorActionException(
                    "This batch does not continue what the lake holds: " + e.getMessage()
                            + ". Either a second streaming job writes to this lake, or the checkpoint is not this"
                            + " lake's. Nothing was written. Stop the other job, or start this one with the lake's own"
                            + " checkpoint or with an empty one, which resumes from the log.",
                    e);
        }
    }
}
