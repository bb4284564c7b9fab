package io.tributary.ingest.plan;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.TopicPartitionId;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Applies a data center's quota to its ranges. If everything fits, all is read. Otherwise each range gets a part of the
 * quota in proportion to its length.
 */
public record ReadQuota(long maxRecords) {

    /** The beginnings of the ranges that fit the quota. Every range keeps at least its first offset. */
    SortedSet<OffsetRange> of(SortedMap<TopicPartitionId, OffsetRange> readable) {
        double total =
                readable.values().stream().mapToLong(OffsetRange::offsets).sum();
        double part = total <= maxRecords ? 1 : maxRecords / total;
        SortedSet<OffsetRange> share = new TreeSet<>();
        for (Map.Entry<TopicPartitionId, OffsetRange> entry : readable.entrySet()) {
            OffsetRange whole = entry.getValue();
            long length = (long) Math.ceil(whole.offsets() * part);
            share.add(new OffsetRange(whole.partition(), whole.from(), whole.from() + length));
        }
        return share;
    }
}
