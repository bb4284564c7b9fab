package io.tributary.audit;

import io.tributary.lake.commit.BatchCommit;
import io.tributary.offsets.RangeStats;
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
 * @param arrivedAt names the batch, milliseconds since the epoch
 * @param lowest offset
 * @param highest offset
 */
record StagedRows(long arrivedAt, TopicPartitionId partition, long rows, long lowest, long highest) {

    /** Compares data with accounts, both in the order of arrival, each read once. */
    static final class Comparison {

        private final String table;
        private final Iterator<StagedRows> data;
        private final long stagedFrom;
        private final FindingCollector findings;
        private Optional<StagedRows> next;
        private boolean isStarted;

        /** @param stagedFrom batches that arrived before have left the table; milliseconds since the epoch */
        Comparison(String table, Iterator<StagedRows> data, long stagedFrom, FindingCollector findings) {
            this.table = table;
            this.data = data;
            this.stagedFrom = stagedFrom;
            this.findings = findings;
            pull();
        }

        void compare(Iterator<LogEntry> log) {
            while (log.hasNext()) {
                if (log.next() instanceof LogEntry.Committed committed
                        && committed.commit().account().orElse(null) instanceof BatchCommit batch) {
                    compare(committed.version(), batch);
                }
            }
            strays(Long.MAX_VALUE);
        }

        private void compare(long version, BatchCommit batch) {
            if (!isStarted && batch.sequence() > 1) {
                while (next.filter(rows -> rows.arrivedAt() < batch.arrivedAt()).isPresent()) {
                    pull(); // Their accounts have expired.
                }
            }
            isStarted = true;
            strays(batch.arrivedAt());
            SortedMap<TopicPartitionId, StagedRows> found = new TreeMap<>();
            while (next.filter(rows -> rows.arrivedAt() == batch.arrivedAt()).isPresent()) {
                found.put(next.get().partition(), next.get());
                pull();
            }
            SortedSet<TopicPartitionId> partitions = new TreeSet<>(found.keySet());
            partitions.addAll(batch.ranges().keySet());
            partitions.forEach(partition -> compare(
                    version,
                    batch.arrivedAt(),
                    partition,
                    batch.ranges().getOrDefault(partition, RangeStats.EMPTY),
                    Optional.ofNullable(found.get(partition))));
        }

        private void compare(
                long version,
                long arrivedAt,
                TopicPartitionId partition,
                RangeStats range,
                Optional<StagedRows> found) {
            long rows = found.map(StagedRows::rows).orElse(0L);
            long expected = arrivedAt < stagedFrom ? 0 : range.staged();
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

        private void strays(long before) {
            while (next.filter(rows -> rows.arrivedAt() < before).isPresent()) {
                StagedRows stray = next.get();
                findings.add(Finding.of(
                        Finding.Kind.DATA_ROWS,
                        table,
                        stray.partition() + ", arrived_at " + TimeFormat.of(stray.arrivedAt()),
                        "no rows, since no batch has this arrived_at",
                        stray.rows() + " rows"));
                pull();
            }
        }

        private void pull() {
            next = data.hasNext() ? Optional.of(data.next()) : Optional.empty();
        }
    }
}
