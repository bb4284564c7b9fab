package io.tributary.audit;

import io.tributary.lake.commit.RemovalMetadata;
import io.tributary.offsets.TopicPartitionId;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rows that commits removed for good and counted, because they were erased or a rule dropped their date.
 *
 * @param staging by the batch that wrote them, given as its {@code committedAt}, and by partition
 * @param quarantine by partition
 * @param eventsDroppedUpTo the latest event date that a rule dropped from the merged table
 */
record Removals(
        SortedMap<Long, SortedMap<TopicPartitionId, Long>> staging,
        SortedMap<TopicPartitionId, Long> quarantine,
        Optional<LocalDate> eventsDroppedUpTo) {

    static final Removals NOTHING = new Removals(new TreeMap<>(), new TreeMap<>(), Optional.empty());

    Removals {
        staging = Collections.unmodifiableSortedMap(new TreeMap<>(staging));
        quarantine = Collections.unmodifiableSortedMap(new TreeMap<>(quarantine));
    }

    static Removals of(
            List<CommitWalker.Removal> staging,
            List<CommitWalker.Removal> quarantine,
            List<CommitWalker.Removal> merged) {
        SortedMap<TopicPartitionId, Long> rejected = new TreeMap<>();
        batches(quarantine).values().forEach(rows -> rows.forEach((id, count) -> rejected.merge(id, count, Long::sum)));
        Optional<LocalDate> dropped = merged.stream()
                .map(CommitWalker.Removal::metadata)
                .filter(metadata -> metadata.erasure() == 0)
                .flatMap(metadata -> metadata.byPartition().keySet().stream())
                .map(LocalDate::parse)
                .max(LocalDate::compareTo);
        return new Removals(batches(staging), rejected, dropped);
    }

    private static SortedMap<Long, SortedMap<TopicPartitionId, Long>> batches(List<CommitWalker.Removal> removals) {
        SortedMap<Long, SortedMap<TopicPartitionId, Long>> all = new TreeMap<>();
        for (CommitWalker.Removal removal : removals) {
            RemovalMetadata metadata = removal.metadata();
            metadata.batches()
                    .forEach((batch, rows) ->
                            rows.forEach((id, count) -> all.computeIfAbsent(batch, committedAt -> new TreeMap<>())
                                    .merge(id, count, Long::sum)));
        }
        return all;
    }

    /** How many rows of a batch were removed from the staging table. */
    long staged(long committedAt, TopicPartitionId partition) {
        return staging.getOrDefault(committedAt, Collections.emptySortedMap()).getOrDefault(partition, 0L);
    }

    /** Of two reports at most one knows any. */
    Removals plus(Removals other) {
        return equals(NOTHING) ? other : this;
    }
}
