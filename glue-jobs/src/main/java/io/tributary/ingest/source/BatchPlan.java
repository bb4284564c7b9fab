package io.tributary.ingest.source;

import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import java.util.Collections;
import java.util.List;
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
 * @param gaps why the data centre stops, if it does; then the batch does nothing there
 */
record BatchPlan(Positions begun, SortedSet<OffsetRange> read, SortedSet<OffsetRange> lost, List<Gap> gaps) {

    BatchPlan {
        read = Collections.unmodifiableSortedSet(new TreeSet<>(read));
        lost = Collections.unmodifiableSortedSet(new TreeSet<>(lost));
        gaps = List.copyOf(gaps);
    }

    /**
     * Plans one data centre. A partition does one thing a batch: it gives up a gap, reads a range that was deferred, or
     * goes on from its position.
     *
     * @param frontier what is read and what waits, before the batch
     * @param givenUp what the operator gave up
     */
    static BatchPlan of(String dataCenter, Frontier frontier, Reach reach, FairShare share, GivenUp givenUp) {
        List<Gap> gaps = Gap.find(dataCenter, frontier, reach);
        List<Gap> notGivenUp =
                gaps.stream().filter(gap -> givenUp.covers(gap).isEmpty()).toList();
        if (!notGivenUp.isEmpty()) {
            return new BatchPlan(Positions.EMPTY, new TreeSet<>(), new TreeSet<>(), notGivenUp);
        }
        SortedMap<PartitionId, OffsetRange> lost = new TreeMap<>();
        gaps.forEach(
                gap -> lost.putIfAbsent(gap.partition(), givenUp.covers(gap).orElseThrow()));
        Positions positions = frontier.positions().dataCenter(dataCenter);
        SortedMap<PartitionId, OffsetRange> readable = frontier.nextWaitingOf(dataCenter);
        positions.offsets().forEach((partition, position) -> {
            long end = reach.latest().of(partition).orElse(position);
            if (!readable.containsKey(partition) && end > position) {
                readable.put(partition, new OffsetRange(partition, position, end));
            }
        });
        // A topic that has left the configuration is not read, not even where it has something waiting.
        readable.keySet().retainAll(reach.latest().offsets().keySet());
        readable.keySet().removeAll(lost.keySet());
        return new BatchPlan(begun(positions, reach), share.of(readable), new TreeSet<>(lost.values()), List.of());
    }

    /** Only the start of a data centre is a matter of configuration; what it adds later is read whole. */
    private static Positions begun(Positions known, Reach reach) {
        SortedMap<PartitionId, Long> begun =
                new TreeMap<>((known.isEmpty() ? reach.start() : reach.earliest()).offsets());
        begun.keySet().removeAll(known.offsets().keySet());
        return new Positions(begun);
    }
}
