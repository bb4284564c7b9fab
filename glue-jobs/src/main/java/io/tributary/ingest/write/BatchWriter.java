package io.tributary.ingest.write;

import static org.apache.spark.sql.functions.col;

import io.tributary.columns.Columns;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.plan.FlowReport;
import io.tributary.ingest.read.BatchPhase;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.lake.commit.FlowInfo;
import io.tributary.lake.commit.StagingLog;
import io.tributary.lake.commit.WithoutReplays;
import io.tributary.lake.erasure.ErasedEvents;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.metrics.Metrics;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one micro-batch, exactly once.
 *
 * <pre>
 *  batch ──► count what became of each record ──► are its topics the planned ones, and does it continue the log?
 *        ──► quarantine ──► staging + metadata
 * </pre>
 *
 * The staging commit holds the rows and the metadata of the batch. Before it a replay writes the batch; after it a replay
 * writes nothing. The commit claims the batch's sequence number, so of two drivers at most one commits a batch. The other
 * gets a {@link CommitConflictException}.
 */
public final class BatchWriter implements VoidFunction2<Dataset<Row>, Long> {

    private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

    /** Whether the event of a row was erased, a boolean column of a batch. */
    static final String ERASED = "is_erased";

    /** One retry for each of the two tables, and one spare. */
    private static final int MAX_WRITE_RETRIES = 3;

    /** Throws if records of a batch are not those of the topics that it was planned for. */
    @FunctionalInterface
    public interface TopicCheck {
        void require(SortedMap<TopicName, TopicIdentity> read);
    }

    private final String checkpoint;
    private final DedupStateInfo state;
    private final long after;
    private final TopicCheck topics;
    private final StagingLog log;
    private final StagingTable staging;
    private final QuarantineTable quarantine;
    private final UnwritableRecords unwritable;
    private final Metrics metrics;
    private final FlowReport flow;
    private final ErasureRequests erasures;
    private final Clock clock;
    private final ShareWatch shares = new ShareWatch();

    /**
     * @param checkpoint name of the checkpoint that the query runs on
     * @param after sequence number of the lake's newest batch when the query was started; 0 if there was none
     * @param topics is asked once a batch is read
     * @param scratch URI of a folder for trials, which are removed again
     * @param flow knows what each batch as planned leaves unread
     * @param erasures whose events are in no batch that is written after them
     */
    public BatchWriter(
            String checkpoint,
            DedupStateInfo state,
            long after,
            TopicCheck topics,
            StagingLog log,
            StagingTable staging,
            QuarantineTable quarantine,
            String scratch,
            Metrics metrics,
            FlowReport flow,
            ErasureRequests erasures,
            Clock clock) {
        this.checkpoint = checkpoint;
        this.state = state;
        this.after = after;
        this.topics = topics;
        this.log = log;
        this.staging = staging;
        this.quarantine = quarantine;
        this.unwritable = new UnwritableRecords(scratch);
        this.metrics = metrics;
        this.flow = flow;
        this.erasures = erasures;
        this.clock = clock;
    }

    @Override
    public void call(Dataset<Row> read, Long batchId) throws Exception {
        read.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            ErasedEvents erased = erasures.erased();
            Dataset<Row> batch = read.withColumn(ERASED, isErased(erased));
            // Counting runs the whole batch even if it is committed already: the state has to take it in either way.
            BatchStats stats = BatchStats.of(batch, staging.isOnTime(state));
            BatchPhase.counted(read.sparkSession().sparkContext());
            topics.require(stats.topicsRead());
            Optional<BatchMetadata> last = log.newest();
            if (isCommitted(last, batchId)) {
                requireSame(last.get(), batchId, stats);
                LOG.info("ingest[batch={}]: is in the lake already, nothing to write", batchId);
            } else if (!stats.isEmpty()) {
                requireInTurn(last);
                requireErasures(last, erased);
                write(batch, batchId, last, stats, erased.newest());
            }
        } finally {
            BatchPhase.ended(read.sparkSession().sparkContext());
            read.unpersist();
        }
    }

    private static Column isErased(ErasedEvents erased) {
        Column event = col(Decoding.DECODED);
        return erased.contain(event.getField(Columns.DATA_CENTER), event.getField(Columns.EVENT_ID));
    }

    /** No batch knows fewer erasures than the one before it: whoever looks for erased rows stops at one that knows. */
    private static void requireErasures(Optional<BatchMetadata> last, ErasedEvents erased) {
        if (last.filter(metadata -> metadata.erasures() > erased.newest()).isPresent()) {
            throw new CommitConflictException("The lake's newest batch knows erasure "
                    + last.get().erasures() + ", and this one only those up to " + erased.newest());
        }
    }

    private boolean isCommitted(Optional<BatchMetadata> last, long batchId) {
        return last.filter(metadata -> metadata.checkpoint().equals(checkpoint) && metadata.batch() >= batchId)
                .isPresent();
    }

    /**
     * The deduplication state has seen only its own checkpoint's batches. So a batch must follow one of them or, as the
     * checkpoint's first, the batch after which the checkpoint began.
     */
    private void requireInTurn(Optional<BatchMetadata> last) {
        boolean isOwn = last.filter(metadata -> metadata.checkpoint().equals(checkpoint))
                .isPresent();
        if (!isOwn && last.map(BatchMetadata::sequence).orElse(0L) != after) {
            throw new CommitConflictException("The lake's newest batch is "
                    + last.map(metadata -> "number " + metadata.sequence() + " of checkpoint " + metadata.checkpoint())
                            .orElse("gone")
                    + ", and this query, on checkpoint " + checkpoint + ", began after number " + after);
        }
    }

    private void write(
            Dataset<Row> batch, long batchId, Optional<BatchMetadata> last, BatchStats stats, long newestErasure)
            throws Exception {
        BatchMetadata metadata = commit(batch, batchId, last, stats, newestErasure, 0);
        Instant visible = clock.instant();
        metrics.publish(visible, BatchMetrics.of(WithoutReplays.of(metadata), stats.times(), visible));
        shares.accept(metadata);
        RangeStats total = metadata.total();
        LOG.info(
                "ingest[batch={}]: read={} staged={} duplicate={} quarantined={} erased={} without_event={} cast_failures={} ranges={} deferred={}"
                        + " lost={} of={}",
                batchId,
                total.read(),
                total.staged(),
                total.duplicate(),
                total.quarantined(),
                total.erased(),
                total.withoutEvent(),
                total.castFailures(),
                metadata.ranges().size(),
                metadata.deferred().size(),
                metadata.lost().size(),
                readByDataCenter(metadata));
    }

    private static Map<String, Long> readByDataCenter(BatchMetadata metadata) {
        Map<String, Long> read = new TreeMap<>();
        metadata.ranges().forEach((partition, range) -> read.merge(partition.dataCenter(), range.read(), Long::sum));
        return read;
    }

    /**
     * Writes quarantine, then staging. If either fails because of single records, the batch is written again with these
     * records marked as rejected.
     *
     * @param newestErasure number of the newest erasure that the batch knows
     * @param rejections how often records of this batch were rejected in this way
     */
    private BatchMetadata commit(
            Dataset<Row> batch,
            long batchId,
            Optional<BatchMetadata> last,
            BatchStats stats,
            long newestErasure,
            int rejections)
            throws Exception {
        ReadProgress before = last.map(BatchMetadata::readProgress).orElse(ReadProgress.EMPTY);
        BatchMetadata metadata = metadata(last, batchId, stats, continued(before, batchId, stats), newestErasure);
        UnaryOperator<Dataset<Row>> writing = rows -> quarantine.rows(rows, metadata);
        try {
            if (stats.quarantined() > 0) {
                quarantine.write(batch, metadata, before);
            }
            writing = rows -> staging.rows(rows, metadata);
            staging.write(batch, metadata, stats.staged(), log.version());
            return metadata;
        } catch (Exception e) { // Spark throws checked exceptions that its Java signatures do not declare.
            if (rejections == MAX_WRITE_RETRIES) {
                throw e;
            }
            Dataset<Row> rest = unwritable.reject(batch, stats.offsets(), writing, e);
            BatchStats counted = BatchStats.of(rest, staging.isOnTime(state));
            return commit(rest, batchId, last, counted, newestErasure, rejections + 1);
        }
    }

    /**
     * The state must contain exactly the records that the lake holds. If another driver committed this batch with other ranges, as it may
     * when only one of the two could read a data center, the batch is planned again, which then follows the metadata. If a record that was
     * refused is an event now, or the other way round, as when its schema was registered since, the state cannot be had of this checkpoint any more.
     */
    private static void requireSame(BatchMetadata committed, long batchId, BatchStats stats) {
        if (committed.batch() == batchId && !stats.isSame(committed)) {
            throw new IllegalStateException("Batch " + batchId + " of checkpoint " + committed.checkpoint()
                    + " is in the lake already and carries other ranges, or other events of them, there: another driver has"
                    + " committed it, or a schema was registered or deleted since. The query starts again and follows"
                    + " what the lake holds.");
        }
    }

    private BatchMetadata metadata(
            Optional<BatchMetadata> last, long batchId, BatchStats stats, ReadProgress after, long newestErasure) {
        long committedAt = Math.max(
                clock.millis(), last.map(metadata -> metadata.committedAt() + 1).orElse(0L));
        return new BatchMetadata(
                last.map(BatchMetadata::sequence).orElse(0L) + 1,
                checkpoint,
                batchId,
                stats.plannedAt(),
                committedAt,
                state,
                stats.ranges(),
                stats.deferred(),
                stats.lost(),
                stats.expired(),
                stats.truncated(),
                stats.readErrors(),
                stats.replayed(),
                after,
                new FlowInfo(flow.lagOf(stats.plannedAt()), stats.late(), stats.appended()),
                newestErasure,
                staging.columns());
    }

    /** The offsets in the log are the truth: a batch that does not continue them is not written. */
    private ReadProgress continued(ReadProgress before, long batchId, BatchStats stats) {
        try {
            return before.after(stats.progress());
        } catch (ReadProgress.BrokenException e) {
            throw new IllegalStateException(
                    "Batch " + batchId + " of checkpoint " + checkpoint + " does not continue what the lake holds: "
                            + e.getMessage() + ". Nothing was written.",
                    e);
        }
    }
}
