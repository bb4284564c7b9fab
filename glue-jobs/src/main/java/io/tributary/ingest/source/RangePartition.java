package io.tributary.ingest.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * What one task reads: ranges of one data centre, one after the other. Small ranges share a task, so that a hundred
 * quiet partitions do not cost a hundred tasks.
 *
 * @param arrival when the batch was planned, milliseconds since the epoch
 */
record RangePartition(List<RangeRead> ranges, long arrival) implements InputPartition {

    /** Enough records for a task to be worth its start. */
    private static final long RECORDS_PER_TASK = 20_000;

    RangePartition {
        ranges = List.copyOf(ranges);
    }

    /** @param ranges ordered, those of one data centre next to each other */
    static List<RangePartition> pack(List<RangeRead> ranges, long arrival) {
        List<RangePartition> packed = new ArrayList<>();
        List<RangeRead> open = new ArrayList<>();
        long records = 0;
        for (RangeRead range : ranges) {
            boolean fits = open.isEmpty()
                    || (open.get(0).dataCenter().equals(range.dataCenter())
                            && records + range.records() <= RECORDS_PER_TASK);
            if (!fits) {
                packed.add(new RangePartition(open, arrival));
                open.clear();
                records = 0;
            }
            open.add(range);
            records += range.records();
        }
        if (!open.isEmpty()) {
            packed.add(new RangePartition(open, arrival));
        }
        return packed;
    }

    @Override
    public String[] preferredLocations() {
        // Where a consumer of the largest range may still be connected.
        return ranges.stream()
                .filter(range -> range.planned() != null)
                .max((a, b) -> Long.compare(a.records(), b.records()))
                .map(range -> range.planned().preferredLocations())
                .orElseGet(() -> new String[0]);
    }
}
