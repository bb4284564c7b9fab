package io.tributary.audit;

import io.tributary.account.Range;

/**
 * What came through one topic partition, over all batches audited.
 *
 * @param from first offset, inclusive
 * @param until last offset, exclusive
 */
record PartitionFlow(long from, long until, long batches, long read, long staged, long duplicate, long quarantined) {

    static final PartitionFlow EMPTY = new PartitionFlow(0, 0, 0, 0, 0, 0, 0);

    static PartitionFlow of(Range range) {
        return new PartitionFlow(
                range.from(), range.until(), 1, range.read(), range.staged(), range.duplicate(), range.quarantined());
    }

    /** This flow and the one that follows it. */
    PartitionFlow plus(PartitionFlow next) {
        return new PartitionFlow(
                batches == 0 ? next.from : from,
                next.batches == 0 ? until : next.until,
                batches + next.batches,
                read + next.read,
                staged + next.staged,
                duplicate + next.duplicate,
                quarantined + next.quarantined);
    }
}
