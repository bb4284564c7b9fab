package io.tributary.ingest.plan;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.TopicPartitionId;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Applies a data center's quota to its ranges. If everything fits, all is read. Otherwise the topics get alike, and in
 * each topic its partitions. What one does not need goes to the others, so a topic or partition with a backlog does not
 * slow those without one.
 */
public record ReadQuota(long maxRecords) {

    /** The beginnings of the ranges that fit the quota. Every range keeps at least its first offset. */
    SortedSet<OffsetRange> of(SortedMap<TopicPartitionId, OffsetRange> readable) {
        SortedMap<String, List<OffsetRange>> topics = readable.values().stream()
                .collect(Collectors.groupingBy(range -> range.partition().topic(), TreeMap::new, Collectors.toList()));
        double ofTopic = share(topics.values().stream().map(ReadQuota::offsets).toList(), (double) maxRecords);
        SortedSet<OffsetRange> share = new TreeSet<>();
        topics.values().forEach(ranges -> {
            double ofPartition = share(
                    ranges.stream().map(OffsetRange::offsets).toList(), Math.min(ofTopic, (double) offsets(ranges)));
            ranges.forEach(range -> share.add(beginning(range, ofPartition)));
        });
        return share;
    }

    private static long offsets(List<OffsetRange> ranges) {
        return ranges.stream().mapToLong(OffsetRange::offsets).sum();
    }

    private static OffsetRange beginning(OffsetRange range, double atMost) {
        long length = (long) Math.ceil(Math.min((double) range.offsets(), atMost));
        return new OffsetRange(range.partition(), range.from(), range.from() + length);
    }

    /** How much each may have at most, if those that want less leave the rest to the others. */
    private static double share(List<Long> wanted, double quota) {
        double left = quota;
        int others = wanted.size();
        for (long least : wanted.stream().sorted().toList()) {
            if (least * (double) others > left) {
                return left / others;
            }
            left -= least;
            others--;
        }
        return Double.MAX_VALUE;
    }
}
