package io.tributary.ingest.source;

import io.tributary.ingest.read.RangeOutcome;
import io.tributary.ingest.read.RangeReadTask;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReadProgress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Computes what the tasks of a batch read, from its offsets alone, so that a repeated call gives the same result. */
final class RangeReadPlanner {

    private RangeReadPlanner() {}

    /** The reads of a batch that is not in the lake yet: everything between its offsets, as far as it can be read. */
    static List<RangeReadTask> planned(SourceOffset start, SourceOffset end) {
        List<RangeReadTask> ranges = new ArrayList<>();
        end.begunSince(start)
                .offsets()
                .forEach((partition, offset) -> ranges.add(RangeReadTask.firstPosition(partition, offset)));
        end.goneOnSince(start).forEach(range -> ranges.add(RangeReadTask.of(range, RangeReadTask.UNKNOWN_EPOCH)));
        end.again().forEach(range -> ranges.add(RangeReadTask.of(range, RangeReadTask.UNKNOWN_EPOCH)));
        end.lost().forEach(range -> ranges.add(RangeReadTask.without(range, RangeOutcome.LOST)));
        end.expired().forEach(range -> ranges.add(RangeReadTask.without(range, RangeOutcome.EXPIRED)));
        end.truncatedSince(start).forEach(range -> ranges.add(RangeReadTask.without(range, RangeOutcome.TRUNCATED)));
        return identified(ranges, end.readProgress());
    }

    /** Sorted, so that ranges of one data center are next to each other. */
    private static List<RangeReadTask> identified(List<RangeReadTask> ranges, ReadProgress readProgress) {
        return ranges.stream()
                .map(range -> range.of(readProgress.identityOf(range.id())))
                .sorted(Comparator.comparing(RangeReadTask::id))
                .toList();
    }

    /**
     * The reads of a batch that is already in the lake. The deduplication state must take in exactly the records that
     * the lake has. If a record were missing from the state, a later copy of it would be staged again. If the state had
     * a record that the batch deferred, that record would be dropped as a duplicate when it is read.
     */
    static List<RangeReadTask> committed(BatchMetadata metadata) {
        List<RangeReadTask> ranges = new ArrayList<>();
        metadata.ranges()
                .forEach((partition, range) -> ranges.add(
                        range.from() == range.until()
                                ? RangeReadTask.firstPosition(partition, range.from())
                                : RangeReadTask.of(
                                        new OffsetRange(partition, range.from(), range.until()),
                                        RangeReadTask.UNKNOWN_EPOCH)));
        metadata.deferred().forEach(range -> ranges.add(RangeReadTask.without(range, RangeOutcome.DEFERRED)));
        metadata.lost().forEach(range -> ranges.add(RangeReadTask.without(range, RangeOutcome.LOST)));
        metadata.expired().forEach(range -> ranges.add(RangeReadTask.without(range, RangeOutcome.EXPIRED)));
        metadata.truncated().forEach(range -> ranges.add(RangeReadTask.without(range, RangeOutcome.TRUNCATED)));
        return identified(ranges, metadata.readProgress());
    }
}
