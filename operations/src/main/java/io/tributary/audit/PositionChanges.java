package io.tributary.audit;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a batch moves the positions of its partitions: by what it read, deferred and gave up beyond them, and not by what
 * waited below them and is read now.
 */
final class PositionChanges {

    private PositionChanges() {}

    /** One piece of a move; one without offsets says where a partition begins. */
    record Move(long from, long until) {}

    /** @return for each partition that the batch moves, the pieces in order; each should begin where the last one ended */
    static SortedMap<TopicPartitionId, List<Move>> of(BatchMetadata batch, ReadProgress before) {
        SortedMap<TopicPartitionId, List<Move>> moves = new TreeMap<>();
        batch.ranges().forEach((partition, range) -> {
            // A range that ends before it begins is a finding of its own.
            if (range.from() >= range.until() || !isPending(before, partition, range.from(), range.until())) {
                add(moves, partition, new Move(range.from(), range.until()));
            }
        });
        for (OffsetRange range : unread(batch)) {
            if (!isPending(before, range.partition(), range.from(), range.until())) {
                add(moves, range.partition(), new Move(range.from(), range.until()));
            }
        }
        moves.values().forEach(pieces -> pieces.sort(Comparator.comparingLong(Move::from)));
        return moves;
    }

    private static List<OffsetRange> unread(BatchMetadata batch) {
        List<OffsetRange> unread = new ArrayList<>(batch.deferred());
        unread.addAll(batch.lost());
        unread.addAll(batch.expired());
        return unread;
    }

    private static boolean isPending(ReadProgress before, TopicPartitionId partition, long from, long until) {
        return before.pendingOf(partition).stream().anyMatch(hole -> hole.from() <= from && until <= hole.until());
    }

    private static void add(SortedMap<TopicPartitionId, List<Move>> moves, TopicPartitionId partition, Move move) {
        moves.computeIfAbsent(partition, own -> new ArrayList<>()).add(move);
    }
}
