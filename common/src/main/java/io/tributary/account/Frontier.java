package io.tributary.account;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is read and what is not: everything below the positions is read, except for the ranges that were deferred and
 * wait to be handed out again. Whatever a batch carries must begin at a position or at the beginning of such a range.
 * However the same offsets came to wait, the frontier is the same: ranges that touch are one.
 *
 * @param waiting ranges below the positions that no batch has carried yet
 */
public record Frontier(Positions positions, SortedSet<OffsetRange> waiting) {

    public static final Frontier EMPTY = new Frontier(Positions.EMPTY, new TreeSet<>());

    public Frontier {
        waiting = Collections.unmodifiableSortedSet(joined(waiting));
        for (OffsetRange range : waiting) {
            if (range.until() > positions.of(range.partition()).orElse(0L)) {
                throw new IllegalArgumentException(range + " are to wait and lie beyond what was ever handed out");
            }
        }
    }

    private static SortedSet<OffsetRange> joined(SortedSet<OffsetRange> ranges) {
        TreeSet<OffsetRange> joined = new TreeSet<>();
        for (OffsetRange range : new TreeSet<>(ranges)) {
            OffsetRange last = joined.isEmpty() ? null : joined.last();
            if (last != null && last.partition().equals(range.partition()) && last.until() >= range.from()) {
                joined.remove(last);
                joined.add(new OffsetRange(range.partition(), last.from(), Math.max(last.until(), range.until())));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }

    /** Where a batch does not continue what is read. */
    public static final class BrokenException extends RuntimeException {
        BrokenException(List<String> breaks) {
            super(String.join("; ", breaks));
        }
    }

    /**
     * The frontier after a batch.
     *
     * @param begun partitions that are met for the first time, with the offsets that they begin at
     * @param taken the ranges that it read or gave up
     * @param deferred the ranges that it was to read and did not, be they what is left of ranges that it took in part
     * @throws BrokenException naming every range that begins elsewhere than where the reading stands
     */
    public Frontier advance(Positions begun, Collection<OffsetRange> taken, Collection<OffsetRange> deferred) {
        Step step = new Step(this);
        begun.offsets().forEach(step::begin);
        taken.forEach(step::take);
        deferred.forEach(step::defer);
        return step.end();
    }

    /**
     * The frontier after a batch, from what its account says.
     *
     * @param ranges the ranges that it carried; one without offsets tells where a partition begins
     * @throws BrokenException naming every range that begins elsewhere than where the reading stands
     */
    public Frontier after(
            SortedMap<PartitionId, Range> ranges, SortedSet<OffsetRange> deferred, SortedSet<OffsetRange> lost) {
        SortedMap<PartitionId, Long> begun = new TreeMap<>();
        List<OffsetRange> taken = new ArrayList<>(lost);
        ranges.forEach((partition, range) -> {
            if (range.from() == range.until()) {
                begun.put(partition, range.from());
            } else {
                taken.add(new OffsetRange(partition, range.from(), range.until()));
            }
        });
        return advance(new Positions(begun), taken, deferred);
    }

    /** Whether a range is waiting, in whole or as the beginning of what waits. */
    public boolean isWaiting(OffsetRange range) {
        return waitingFor(range).isPresent();
    }

    /** The waiting range that begins where the given one does and holds all of it. */
    private Optional<OffsetRange> waitingFor(OffsetRange range) {
        return waiting.stream()
                .filter(hole -> hole.partition().equals(range.partition())
                        && hole.from() == range.from()
                        && hole.until() >= range.until())
                .findFirst();
    }

    private static final class Step {

        private final Frontier before;
        private final SortedMap<PartitionId, Long> positions;
        private final SortedSet<OffsetRange> waiting;
        private final List<String> breaks = new ArrayList<>();

        Step(Frontier before) {
            this.before = before;
            this.positions = new TreeMap<>(before.positions.offsets());
            this.waiting = new TreeSet<>(before.waiting);
        }

        void begin(PartitionId partition, long position) {
            Long known = positions.putIfAbsent(partition, position);
            if (known != null && known != position) {
                breaks.add(partition + " is to begin at offset " + position + " and stands at " + known);
            }
        }

        void take(OffsetRange range) {
            Optional<OffsetRange> hole = before.waitingFor(range);
            if (hole.isEmpty()) {
                proceed(range);
                return;
            }
            waiting.remove(hole.get());
            if (range.until() < hole.get().until()) {
                waiting.add(new OffsetRange(
                        range.partition(), range.until(), hole.get().until()));
            }
        }

        void defer(OffsetRange range) {
            if (before.waiting.stream().noneMatch(hole -> hole.holds(range))) {
                proceed(range);
                waiting.add(range);
            }
        }

        private void proceed(OffsetRange range) {
            Long position = positions.put(range.partition(), range.until());
            if (position == null) {
                breaks.add(range.partition() + " begins at offset " + range.from() + " and the log does not know it");
            } else if (position != range.from()) {
                breaks.add(
                        range.partition() + " begins at offset " + range.from() + " and the log ends at " + position);
            }
        }

        Frontier end() {
            if (!breaks.isEmpty()) {
                throw new BrokenException(breaks);
            }
            return new Frontier(new Positions(positions), waiting);
        }
    }

    /** The waiting ranges of one partition, in order. */
    public List<OffsetRange> waitingOf(PartitionId partition) {
        return waiting.stream()
                .filter(range -> range.partition().equals(partition))
                .toList();
    }

    /** The first waiting range of each partition of one data centre. */
    public SortedMap<PartitionId, OffsetRange> nextWaitingOf(String dataCenter) {
        SortedMap<PartitionId, OffsetRange> first = new TreeMap<>();
        waiting.stream()
                .filter(range -> range.partition().dataCenter().equals(dataCenter))
                .forEach(range -> first.putIfAbsent(range.partition(), range));
        return first;
    }
}
