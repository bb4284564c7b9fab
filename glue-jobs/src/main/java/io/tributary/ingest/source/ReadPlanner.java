package io.tributary.ingest.source;

import io.tributary.account.BatchAccount;
import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works out what the tasks of a batch read, from its offsets alone, so that it is the same however often it is asked. */
final class ReadPlanner {

    private ReadPlanner() {}

    /** What a batch that is not in the lake yet is to read: all between its offsets, as far as it can be read. */
    static List<RangeRead> planned(SourceOffset start, SourceOffset end) {
        Positions from = start.positions();
        List<RangeRead> ranges = new ArrayList<>();
        for (Map.Entry<PartitionId, Long> entry : end.positions().offsets().entrySet()) {
            PartitionId partition = entry.getKey();
            Optional<Long> position = from.of(partition);
            if (position.isEmpty()) {
                ranges.add(RangeRead.firstPosition(partition, entry.getValue()));
            } else if (position.get() < entry.getValue()) {
                OffsetRange range = new OffsetRange(partition, position.get(), entry.getValue());
                if (!end.lost().contains(range)) {
                    ranges.add(RangeRead.of(range, RangeRead.UNKNOWN_EPOCH));
                }
            }
        }
        end.again().forEach(range -> ranges.add(RangeRead.of(range, RangeRead.UNKNOWN_EPOCH)));
        end.lost().forEach(range -> ranges.add(RangeRead.without(range, RangeKind.LOST)));
        return ranges;
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
        return ranges;
    }
}
