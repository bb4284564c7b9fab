package io.tributary.ingest.source;

import io.tributary.account.BatchAccount;
import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Works out what the tasks of a batch read, from its offsets alone, so that it is the same however often it is asked. */
final class ReadPlanner {

    private ReadPlanner() {}

    /** What a batch that is not in the lake yet is to read: all between its offsets, as far as it can be read. */
    static List<RangeRead> planned(SourceOffset start, SourceOffset end) {
        List<RangeRead> ranges = new ArrayList<>();
        end.begunSince(start)
                .offsets()
                .forEach((partition, offset) -> ranges.add(RangeRead.firstPosition(partition, offset)));
        end.goneOnSince(start).forEach(range -> ranges.add(RangeRead.of(range, RangeRead.UNKNOWN_EPOCH)));
        end.again().forEach(range -> ranges.add(RangeRead.of(range, RangeRead.UNKNOWN_EPOCH)));
        end.lost().forEach(range -> ranges.add(RangeRead.without(range, RangeKind.LOST)));
        end.expired().forEach(range -> ranges.add(RangeRead.without(range, RangeKind.EXPIRED)));
        end.truncatedSince(start).forEach(range -> ranges.add(RangeRead.without(range, RangeKind.TRUNCATED)));
        return identified(ranges, end.frontier());
    }

    /** Ordered, so that those of one data center are next to each other. */
    private static List<RangeRead> identified(List<RangeRead> ranges, Frontier frontier) {
        return ranges.stream()
                .map(range -> range.of(frontier.identityOf(range.id())))
                .sorted(Comparator.comparing(RangeRead::id))
                .toList();
    }

    /**
     * What a batch that is in the lake already has to read again: the state has to take in what the lake did, no more and
     * no less. A later copy of what it lacks would be staged anew, and what it has too much would be taken for a copy once
     * it is handed out.
     */
    static List<RangeRead> committed(BatchAccount account) {
        List<RangeRead> ranges = new ArrayList<>();
        account.ranges()
                .forEach((partition, range) -> ranges.add(
                        range.from() == range.until()
                                ? RangeRead.firstPosition(partition, range.from())
                                : RangeRead.of(
                                        new OffsetRange(partition, range.from(), range.until()),
                                        RangeRead.UNKNOWN_EPOCH)));
        account.deferred().forEach(range -> ranges.add(RangeRead.without(range, RangeKind.DEFERRED)));
        account.lost().forEach(range -> ranges.add(RangeRead.without(range, RangeKind.LOST)));
        account.expired().forEach(range -> ranges.add(RangeRead.without(range, RangeKind.EXPIRED)));
        account.truncated().forEach(range -> ranges.add(RangeRead.without(range, RangeKind.TRUNCATED)));
        return identified(ranges, account.frontier());
    }
}
