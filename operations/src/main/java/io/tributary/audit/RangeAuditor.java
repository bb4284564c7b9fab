package io.tributary.audit;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.ReplayedRows;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;

/** Judges whether the metadata of a batch are possible in themselves. */
record RangeAuditor(String table, FindingCollector findings) {

    void judge(long version, BatchMetadata batch) {
        batch.ranges().forEach((partition, range) -> judge(version, partition, range));
        replayed(version, batch);
    }

    private void judge(long version, TopicPartitionId partition, RangeStats range) {
        boolean isPossible = range.from() >= 0
                && range.from() <= range.until()
                && range.read() <= range.until() - range.from()
                && Math.min(
                                Math.min(range.staged(), range.duplicate()),
                                Math.min(range.quarantined(), range.castFailures()))
                        >= 0
                && Math.min(range.erased(), range.withoutEvent()) >= 0;
        if (!isPossible) {
            findings.add(new Finding(
                    Finding.Kind.RANGE,
                    table,
                    version,
                    partition.toString(),
                    "from ≤ until, read ≤ until - from, no count below 0",
                    range.toString()));
        }
    }

    /** What was read again is counted twice: where it was read, and where its rows are. */
    private void replayed(long version, BatchMetadata batch) {
        long read = batch.ranges().entrySet().stream()
                .filter(entry -> ReplayTopic.isAgain(entry.getKey().topic()))
                .mapToLong(entry -> entry.getValue().staged())
                .sum();
        long rows = batch.replayed().values().stream()
                .mapToLong(ReplayedRows::staged)
                .sum();
        if (read != rows) {
            findings.add(new Finding(
                    Finding.Kind.RANGE,
                    table,
                    version,
                    "batch " + batch.sequence(),
                    read + " rows that were read again, by their coordinates",
                    rows + " rows"));
        }
    }
}
