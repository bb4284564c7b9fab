package io.tributary.ingest.read;

import io.tributary.offsets.ReplayTopic;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * What one task reads: ranges of one data center, side by side through one consumer. Small ranges share a task, so that
 * a hundred quiet partitions do not cost a hundred tasks and connections.
 *
 * @param plannedAt when the batch was planned, milliseconds since the epoch
 * @param overrides {@link SourceColumns#EVENT_OVERRIDES} of the data center
 * @param consumer how to reach the data center; null if none of the ranges has records to read
 * @param limits of time and memory
 */
public record RangeInputPartition(
        List<RangeReadTask> ranges, long plannedAt, String overrides, ConsumerOptions consumer, ReadLimits limits)
        implements InputPartition {

    /** How many records make a task of its own worthwhile. */
    private static final long RECORDS_PER_TASK = 20_000;

    public RangeInputPartition {
        ranges = List.copyOf(ranges);
    }

    /**
     * Distributes ranges over tasks.
     *
     * @param ranges sorted, with those of one data center, and there of one request, next to each other
     */
    public static List<List<RangeReadTask>> pack(List<RangeReadTask> ranges) {
        List<List<RangeReadTask>> packed = new ArrayList<>();
        List<RangeReadTask> open = new ArrayList<>();
        long records = 0;
        for (RangeReadTask range : ranges) {
            boolean fits =
                    open.isEmpty() || (isAlike(open.get(0), range) && records + range.records() <= RECORDS_PER_TASK);
            if (!fits) {
                packed.add(List.copyOf(open));
                open.clear();
                records = 0;
            }
            open.add(range);
            records += range.records();
        }
        if (!open.isEmpty()) {
            packed.add(List.copyOf(open));
        }
        return packed;
    }

    /** Whether one consumer can read both. A topic that is read again is assigned to another one. */
    private static boolean isAlike(RangeReadTask one, RangeReadTask other) {
        return one.dataCenter().equals(other.dataCenter())
                && ReplayTopic.request(one.topic()).equals(ReplayTopic.request(other.topic()));
    }
}
