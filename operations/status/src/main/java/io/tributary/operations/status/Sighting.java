package io.tributary.operations.status;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.WithoutReplays;
import io.tributary.offsets.RangeStats;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One data center as one batch shows it.
 *
 * @param plannedAt when the batch was planned, milliseconds since the epoch
 * @param committedAt when the batch was committed, milliseconds since the epoch
 * @param hasAnswered whether it answered when the batch was planned
 * @param lag offsets that the batch left unread, deferred ones included; empty if it did not answer with all its partitions
 * @param moved offsets by which reading went on
 * @param read records read, with what became of them
 * @param late rows staged that were late; empty if the commit does not say
 * @param isComplete whether the lake holds everything that Kafka had when the batch was planned
 */
record Sighting(
        long plannedAt,
        long committedAt,
        boolean hasAnswered,
        OptionalLong lag,
        long moved,
        RangeStats read,
        OptionalLong late,
        boolean isComplete) {

    static Sighting of(String dataCenter, BatchMetadata carried) {
        BatchMetadata batch = WithoutReplays.of(carried);
        List<RangeStats> ranges = batch.ranges().entrySet().stream()
                .filter(entry -> entry.getKey().dataCenter().equals(dataCenter))
                .map(Map.Entry::getValue)
                .toList();
        OptionalLong unread = WithoutReplays.unread(dataCenter, batch);
        Long late = batch.flow().late().get(dataCenter);
        return new Sighting(
                batch.plannedAt(),
                batch.committedAt(),
                unread.isPresent() || !ranges.isEmpty(),
                unread,
                ranges.stream().mapToLong(range -> range.until() - range.from()).sum(),
                ranges.stream().reduce(RangeStats.EMPTY, RangeStats::plus),
                late == null ? OptionalLong.empty() : OptionalLong.of(late),
                WithoutReplays.isAll(dataCenter, batch));
    }
}
