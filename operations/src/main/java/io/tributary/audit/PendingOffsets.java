package io.tributary.audit;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Offsets that no batch has carried so far; batches take them in pieces, in any order. */
final class PendingOffsets {

    private final SortedSet<OffsetRange> pending;

    private PendingOffsets(Collection<OffsetRange> ranges) {
        this.pending = new TreeSet<>(ranges);
    }

    /** The ranges of commit metadata in which records were rejected. */
    static PendingOffsets refusedBy(BatchMetadata metadata) {
        return new PendingOffsets(carried(metadata.ranges()).stream()
                .filter(range -> metadata.ranges().get(range.partition()).quarantined() > 0
                        && !ReplayTopic.isAgain(range.partition().topic()))
                .toList());
    }

    private static SortedSet<OffsetRange> carried(SortedMap<TopicPartitionId, RangeStats> ranges) {
        SortedSet<OffsetRange> carried = new TreeSet<>();
        ranges.forEach((partition, range) -> {
            if (range.from() < range.until()) {
                carried.add(new OffsetRange(partition, range.from(), range.until()));
            }
        });
        return carried;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    SortedSet<OffsetRange> ranges() {
        return pending;
    }

    boolean overlaps(OffsetRange range) {
        return pending.stream().anyMatch(own -> overlap(own, range));
    }

    /** Whether a batch carries any of them. */
    boolean areTouchedBy(BatchMetadata batch) {
        return carried(batch.ranges()).stream().anyMatch(this::overlaps);
    }

    /** Whether a batch carries all of them. */
    boolean areAllCarriedBy(BatchMetadata batch) {
        PendingOffsets left = new PendingOffsets(pending);
        left.takeOut(carried(batch.ranges()));
        return left.isEmpty();
    }

    /** Takes out what a batch carries. */
    void takeOut(BatchMetadata batch) {
        takeOut(carried(batch.ranges()));
    }

    void takeOut(Collection<OffsetRange> ranges) {
        ranges.forEach(this::takeOut);
    }

    private void takeOut(OffsetRange range) {
        for (OffsetRange own : new TreeSet<>(pending)) {
            if (!overlap(own, range)) {
                continue;
            }
            pending.remove(own);
            if (own.from() < range.from()) {
                pending.add(new OffsetRange(own.partition(), own.from(), range.from()));
            }
            if (range.until() < own.until()) {
                pending.add(new OffsetRange(own.partition(), range.until(), own.until()));
            }
        }
    }

    private static boolean overlap(OffsetRange one, OffsetRange other) {
        return one.partition().equals(other.partition()) && one.from() < other.until() && other.from() < one.until();
    }
}
