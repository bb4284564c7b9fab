package io.tributary.ingest.source;

import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the next batch does in one data centre.
 *
 * @param begun partitions that are met for the first time
 * @param read what is read, be it new or deferred before
 * @param lost what Kafka no longer has and an operator gave up
 * @param gap why the data centre stops, if it does; then the batch does nothing there
 */
record BatchPlan(Positions begun, SortedSet<OffsetRange> read, SortedSet<OffsetRange> lost, Optional<Gap> gap) {

    BatchPlan {
        read = Collections.unmodifiableSortedSet(new TreeSet<>(read));
        lost = Collections.unmodifiableSortedSet(new TreeSet<>(lost));
    }

    /**
     * Plans one data centre. A partition does one thing a batch: it gives up a gap, reads a range that was deferred, or
     * goes on from its position.
     *
     * @param frontier what is read and what waits, before the batch
     * @param gaps what the operator gave up
     */
    static BatchPlan of(String dataCenter, Frontier frontier, Reach reach, FairShare share, GivenUp gaps) {
        Positions positions = frontier.positions().dataCenter(dataCenter);
        SortedMap<PartitionId, OffsetRange> waiting = frontier.nextWaitingOf(dataCenter);
        SortedMap<PartitionId, Long> next = new TreeMap<>(positions.offsets());
        waiting.forEach((partition, range) -> next.put(partition, range.from()));

        SortedSet<OffsetRange> lost = new TreeSet<>();
        for (Gap gap : Gap.find(new Positions(next), reach)) {
            Optional<OffsetRange> givenUp = gaps.covers(gap, Optional.ofNullable(waiting.get(gap.partition())));
            if (givenUp.isEmpty()) {
                return new BatchPlan(Positions.EMPTY, new TreeSet<>(), new TreeSet<>(), Optional.of(gap));
            }
            lost.add(givenUp.get());
        }
        SortedMap<PartitionId, OffsetRange> readable = new TreeMap<>();
        for (Map.Entry<PartitionId, Long> entry : next.entrySet()) {
            PartitionId partition = entry.getKey();
            long end = waiting.containsKey(partition)
                    ? waiting.get(partition).until()
                    : reach.latest().of(partition).orElse(entry.getValue());
            boolean isLost = lost.stream().anyMatch(range -> range.partition().equals(partition));
            if (!isLost && end > entry.getValue()) {
                readable.put(partition, new OffsetRange(partition, entry.getValue(), end));
            }
        }
        return new BatchPlan(begun(positions, reach), share.of(readable), lost, Optional.empty());
    }

    /** Only the start of a data centre is a matter of configuration; what it adds later is read whole. */
    private static Positions begun(Positions known, Reach reach) {
        SortedMap<PartitionId, Long> begun =
                new TreeMap<>((known.isEmpty() ? reach.start() : reach.earliest()).offsets());
        begun.keySet().removeAll(known.offsets().keySet());
        return new Positions(begun);
    }
}
