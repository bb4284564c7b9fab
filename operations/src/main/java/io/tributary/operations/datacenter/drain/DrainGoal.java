package io.tributary.operations.datacenter.drain;

import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Up to where a data center has to be read.
 *
 * @param until the end of each partition, by its brokers, when the drain began
 */
public record DrainGoal(String dataCenter, PartitionOffsets until) {

    /** The ends that the brokers tell. A partition in which there is nothing to read is none of them. */
    public static DrainGoal of(String dataCenter, OffsetBounds told, ReadProgress read) {
        SortedMap<TopicPartitionId, Long> until = new TreeMap<>();
        told.end().offsets().forEach((partition, end) -> {
            boolean isBegun = read.positions().of(partition).isPresent();
            if (isBegun || told.start().of(partition).orElse(0L) < end) {
                until.put(partition, end);
            }
        });
        return new DrainGoal(dataCenter, new PartitionOffsets(until));
    }

    /** How many offsets below the goal are not read yet, those that wait included. */
    public long left(ReadProgress read) {
        long left = 0;
        for (Map.Entry<TopicPartitionId, Long> goal : until.offsets().entrySet()) {
            long position = read.positions().of(goal.getKey()).orElse(0L);
            left += Math.max(0, goal.getValue() - position);
            for (OffsetRange pending : read.pendingOf(goal.getKey())) {
                left += Math.max(0, Math.min(pending.until(), goal.getValue()) - pending.from());
            }
        }
        return left;
    }

    /** How many offsets lie beyond the goal, as the brokers tell now. */
    public long beyond(PartitionOffsets ends) {
        return ends.dataCenter(dataCenter).offsets().entrySet().stream()
                .mapToLong(end ->
                        Math.max(0, end.getValue() - until.of(end.getKey()).orElse(0L)))
                .sum();
    }
}
