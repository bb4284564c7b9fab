package io.tributary.ingest.write;

import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import io.tributary.account.Range;
import io.tributary.runtime.OperatorActionException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Holds a batch against what the lake's log says was read before it: the offsets in the log are the truth. */
final class Continuity {

    private Continuity() {}

    /**
     * The positions after the batch.
     *
     * @throws OperatorActionException if a range does not begin where the log ends
     */
    static Positions advance(Positions committed, SortedMap<PartitionId, Range> ranges) {
        List<String> breaks = new ArrayList<>();
        SortedMap<PartitionId, Long> next = new TreeMap<>(committed.offsets());
        ranges.forEach((partition, range) -> {
            committed
                    .of(partition)
                    .filter(position -> position != range.from())
                    .ifPresent(position -> breaks.add(partition + " begins at offset " + range.from()
                            + " and the log of the staging table ends at " + position));
            next.put(partition, range.until());
        });
        if (!breaks.isEmpty()) {
            throw new OperatorActionException("This batch does not continue what the lake holds: "
                    + String.join("; ", breaks)
                    + ". Either a second streaming job writes to this lake, or the checkpoint is not this lake's."
                    + " Nothing was written. Stop the other job, or start this one with the lake's own checkpoint"
                    + " or with an empty one, which resumes from the log.");
        }
        return new Positions(next);
    }
}
