package io.tributary.audit;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.RangeStats;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came through one topic partition, over all batches audited.
 *
 * @param carried the offsets that batches carried: where each unbroken span of them begins, and where it ends, exclusive
 * @param castFailures values that did not fit the type of their column and became null
 * @param implausibleTimestamps rows whose Kafka timestamp is no plausible time and is not kept
 * @param skipped offsets that Kafka no longer had and an operator gave up
 * @param pending offsets that were deferred and that no batch has carried yet
 * @param erased records that were left out because their event was erased
 * @param withoutEvent records that a rule of the configuration passes over
 */
record PartitionTotals(
        SortedMap<Long, Long> carried,
        long batches,
        long read,
        long staged,
        long duplicate,
        long quarantined,
        long castFailures,
        long implausibleTimestamps,
        long skipped,
        long pending,
        long erased,
        long withoutEvent) {

    static final PartitionTotals EMPTY = new PartitionTotals(new TreeMap<>(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    PartitionTotals {
        carried = Collections.unmodifiableSortedMap(carried);
    }

    static PartitionTotals of(RangeStats range) {
        return new PartitionTotals(
                new TreeMap<>(Map.of(range.from(), range.until())),
                1,
                range.read(),
                range.staged(),
                range.duplicate(),
                range.quarantined(),
                range.castFailures(),
                range.implausibleTimestamps(),
                0,
                0,
                range.erased(),
                range.withoutEvent());
    }

    static PartitionTotals skipped(OffsetRange range) {
        return new PartitionTotals(new TreeMap<>(), 0, 0, 0, 0, 0, 0, 0, range.offsets(), 0, 0, 0);
    }

    static PartitionTotals pending(OffsetRange range) {
        return new PartitionTotals(new TreeMap<>(), 0, 0, 0, 0, 0, 0, 0, 0, range.offsets(), 0, 0);
    }

    /** The first offset that was carried, inclusive; 0 if none was. */
    long from() {
        return carried.isEmpty() ? 0 : carried.firstKey();
    }

    /** The last offset that was carried, exclusive; 0 if none was. */
    long until() {
        return carried.isEmpty() ? 0 : carried.get(carried.lastKey());
    }

    /** Both flows together, in whatever order the offsets came. */
    PartitionTotals plus(PartitionTotals other) {
        return new PartitionTotals(
                joined(carried, other.carried),
                batches + other.batches,
                read + other.read,
                staged + other.staged,
                duplicate + other.duplicate,
                quarantined + other.quarantined,
                castFailures + other.castFailures,
                implausibleTimestamps + other.implausibleTimestamps,
                skipped + other.skipped,
                pending + other.pending,
                erased + other.erased,
                withoutEvent + other.withoutEvent);
    }

    /** The counts of this flow, for a sum over partitions, whose offsets have nothing in common. */
    PartitionTotals withoutOffsets() {
        return new PartitionTotals(
                new TreeMap<>(),
                batches,
                read,
                staged,
                duplicate,
                quarantined,
                castFailures,
                implausibleTimestamps,
                skipped,
                pending,
                erased,
                withoutEvent);
    }

    private static SortedMap<Long, Long> joined(SortedMap<Long, Long> spans, SortedMap<Long, Long> others) {
        NavigableMap<Long, Long> joined = new TreeMap<>(spans);
        others.forEach((from, until) -> add(joined, from, until));
        return joined;
    }

    private static void add(NavigableMap<Long, Long> spans, long from, long until) {
        long first = from;
        long last = until;
        for (Map.Entry<Long, Long> before = spans.floorEntry(last);
                before != null && before.getValue() >= first;
                before = spans.floorEntry(last)) {
            spans.remove(before.getKey());
            first = Math.min(first, before.getKey());
            last = Math.max(last, before.getValue());
        }
        spans.put(first, last);
    }
}
