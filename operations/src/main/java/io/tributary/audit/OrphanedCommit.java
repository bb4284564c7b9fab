package io.tributary.audit;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import java.util.List;

/**
 * A quarantine commit without its batch: the job ended between the two commits. Batches that carry its offsets later, in
 * pieces of other sizes, each leave out of their own commits what lies here.
 */
final class OrphanedCommit {

    private final long version;
    private final BatchMetadata metadata;
    private final PendingOffsets pending;
    private long rows;
    private boolean isUncertain;

    /**
     * @param rows that it holds and no batch has accounted for yet
     * @param isUncertain whether batches that are no longer in the log may have accounted for some of the rows
     */
    OrphanedCommit(long version, BatchMetadata metadata, long rows, boolean isUncertain) {
        this.version = version;
        this.metadata = metadata;
        this.pending = PendingOffsets.refusedBy(metadata);
        this.rows = rows;
        this.isUncertain = isUncertain;
    }

    long version() {
        return version;
    }

    BatchMetadata metadata() {
        return metadata;
    }

    PendingOffsets pending() {
        return pending;
    }

    long rows() {
        return rows;
    }

    /** Whether the rows that are left can be held against what batches rejected. */
    boolean isCertain() {
        return !isUncertain;
    }

    /** Whether a batch carries the last of its offsets, so that no later one wants its rows. */
    boolean endsWith(BatchMetadata batch) {
        return pending.areAllCarriedBy(batch);
    }

    /**
     * Accounts for rows that a batch rejected and has not written itself.
     *
     * @return how many of those wanted may lie here
     */
    long take(BatchMetadata batch, long wanted) {
        if (!pending.areTouchedBy(batch)) {
            return 0;
        }
        long possible = metadata.ranges().entrySet().stream()
                .mapToLong(entry -> possible(entry.getKey(), entry.getValue(), batch))
                .sum();
        long taken = Math.min(wanted, Math.min(rows, possible));
        rows -= taken;
        return taken;
    }

    private static long possible(TopicPartitionId partition, RangeStats own, BatchMetadata batch) {
        RangeStats other = batch.ranges().get(partition);
        boolean overlaps = other != null
                && !ReplayTopic.isAgain(partition.topic())
                && own.from() < other.until()
                && other.from() < own.until();
        return overlaps ? Math.min(own.quarantined(), other.quarantined()) : 0;
    }

    /** Notes that a batch carried its offsets, or gave them up. */
    void passedBy(BatchMetadata batch) {
        pending.takeOut(batch);
        if (batch.lost().stream().anyMatch(pending::overlaps)) {
            // Records that were rejected here are accounted for as skipped there.
            isUncertain = true;
            pending.takeOut(batch.lost());
        }
    }

    /** The partitions whose records it rejected. */
    List<TopicPartitionId> partitions() {
        return metadata.ranges().entrySet().stream()
                .filter(entry -> entry.getValue().quarantined() > 0
                        && !ReplayTopic.isAgain(entry.getKey().topic()))
                .map(entry -> entry.getKey())
                .toList();
    }

    /** Whether any of its offsets is among these. */
    boolean overlaps(Iterable<OffsetRange> ranges) {
        for (OffsetRange range : ranges) {
            if (pending.overlaps(range)) {
                return true;
            }
        }
        return false;
    }
}
