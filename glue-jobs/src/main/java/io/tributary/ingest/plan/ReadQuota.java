package io.tributary.ingest.plan;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.TopicPartitionId;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Decides how much of what there is to read in one data center a batch reads: all of it if that is within its share,
 * else each range gets a part of the share in proportion to its length.
 */
public record ReadQuota(long maxRecords) {

    /** The beginnings of the given ranges that make up the share; every range keeps its first offset at least. */
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
