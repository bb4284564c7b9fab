package io.tributary.audit;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.ReplayedRows;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rows that the staging table really holds of one batch and partition.
 *
 * @param committedAt names the batch, milliseconds since the epoch
 * @param lowest offset
 * @param highest offset
 */
record StagedRows(long committedAt, TopicPartitionId partition, long rows, long lowest, long highest) {

    /** What the metadata of a batch say of one partition: how many rows, and between which offsets, exclusive at the end. */
    private record Expected(long staged, long from, long until) {

        static Expected of(BatchMetadata batch, TopicPartitionId partition) {
            RangeStats range = batch.ranges().getOrDefault(partition, RangeStats.EMPTY);
            ReplayedRows again = batch.replayed().get(partition);
            if (again == null) {
                return new Expected(range.staged(), range.from(), range.until());
            }
            boolean isReadToo = range.from() < range.until();
            return new Expected(
                    range.staged() + again.staged(),
                    isReadToo ? Math.min(range.from(), again.lowest()) : again.lowest(),
                    isReadToo ? Math.max(range.until(), again.highest() + 1) : again.highest() + 1);
        }
    }

    /** Compares data with metadata, both in the order of arrival, each read once. */
    static final class Comparison {

        private final String table;
        private final Iterator<StagedRows> data;
        private final long stagedFrom;
        private final Removals removals;
        private final FindingCollector findings;
        private Optional<StagedRows> next;
        private boolean isStarted;

        /** @param stagedFrom batches that arrived before have left the table; milliseconds since the epoch */
        Comparison(String table, Iterator<StagedRows> data, long stagedFrom, FindingCollector findings) {
            this(table, data, stagedFrom, Removals.NOTHING, findings);
        }

        /** @param removals rows that have left the table by themselves */
        Comparison(
                String table,
                Iterator<StagedRows> data,
                long stagedFrom,
                Removals removals,
                FindingCollector findings) {
            this.table = table;
            this.data = data;
            this.stagedFrom = stagedFrom;
            this.removals = removals;
            this.findings = findings;
            advance();
        }

        void compare(Iterator<LogEntry> log) {
            while (log.hasNext()) {
                if (log.next() instanceof LogEntry.Committed committed
                        && committed.commit().metadata().orElse(null) instanceof BatchMetadata batch) {
                    compare(committed.version(), batch);
                }
            }
            orphanRows(Long.MAX_VALUE);
        }

        private void compare(long version, BatchMetadata batch) {
            if (!isStarted && batch.sequence() > 1) {
                while (next.filter(rows -> rows.committedAt() < batch.committedAt())
                        .isPresent()) {
                    advance(); // Their metadata have expired.
                }
            }
            isStarted = true;
            orphanRows(batch.committedAt());
            SortedMap<TopicPartitionId, StagedRows> found = new TreeMap<>();
            while (next.filter(rows -> rows.committedAt() == batch.committedAt())
                    .isPresent()) {
                found.put(next.get().partition(), next.get());
                advance();
            }
            SortedSet<TopicPartitionId> partitions = new TreeSet<>(found.keySet());
            partitions.addAll(batch.ranges().keySet());
            partitions.addAll(batch.replayed().keySet());
            // Rows that were read again have the coordinates of their first reading.
            partitions.removeIf(partition -> ReplayTopic.isAgain(partition.topic()));
            partitions.forEach(partition -> compare(
                    version,
                    batch.committedAt(),
                    partition,
                    Expected.of(batch, partition),
                    Optional.ofNullable(found.get(partition))));
        }

        private void compare(
                long version,
                long committedAt,
                TopicPartitionId partition,
                Expected range,
                Optional<StagedRows> found) {
            long rows = found.map(StagedRows::rows).orElse(0L);
            long expected = committedAt < stagedFrom ? 0 : range.staged() - removals.staged(committedAt, partition);
            if (rows != expected) {
                findings.add(new Finding(
                        Finding.Kind.DATA_ROWS,
                        table,
                        version,
                        partition.toString(),
                        expected + " rows",
                        rows + " rows"));
            }
            found.filter(own -> own.lowest() < range.from() || own.highest() >= range.until())
                    .ifPresent(own -> findings.add(new Finding(
                            Finding.Kind.DATA_OFFSETS,
                            table,
                            version,
                            partition.toString(),
                            "offsets from " + range.from() + " and below " + range.until(),
                            "offsets from " + own.lowest() + " to " + own.highest())));
        }

        private void orphanRows(long before) {
            while (next.filter(rows -> rows.committedAt() < before).isPresent()) {
                StagedRows stray = next.get();
                findings.add(Finding.of(
                        Finding.Kind.DATA_ROWS,
                        table,
                        stray.partition() + ", arrived_at " + TimeFormat.of(stray.committedAt()),
                        "no rows, since no batch has this arrived_at",
                        stray.rows() + " rows"));
                advance();
            }
        }

        private void advance() {
            next = data.hasNext() ? Optional.of(data.next()) : Optional.empty();
        }
    }
}
