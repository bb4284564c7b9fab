package io.tributary.audit;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.schema.ArrivalHour;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Follows the batches of the staging table: each continues the one before, and holds the rows that it counts. */
final class StagingAuditor {

    private static final String DELETE = "DELETE";

    private final String table;
    private final FindingCollector findings;
    private final RangeAuditor ranges;
    private final TopicIdentityAuditor identities;
    private final CommitWalker<BatchMetadata> walker;
    private final SortedMap<TopicPartitionId, PartitionTotals> flows = new TreeMap<>();
    private final SortedMap<Long, Instant> dropped = new TreeMap<>();
    private final UnreadOffsetsTracker unread = new UnreadOffsetsTracker();
    private Optional<BatchMetadata> last = Optional.empty();

    StagingAuditor(String table, Iterator<LogEntry> log, FindingCollector findings) {
        this.table = table;
        this.findings = findings;
        this.ranges = new RangeAuditor(table, findings);
        this.identities = new TopicIdentityAuditor(table, findings);
        this.walker = new CommitWalker<>(table, BatchMetadata.class, this::dropsHours, log, findings);
    }

    /** The next batch, judged; empty at the log's end. */
    Optional<CommitWalker.Step<BatchMetadata>> next() {
        Optional<CommitWalker.Step<BatchMetadata>> step = walker.next();
        step.ifPresent(this::judge);
        return step;
    }

    boolean isComplete() {
        return walker.isComplete();
    }

    /** Where the table's rows begin, since the hours before were dropped; milliseconds since the epoch, or 0. */
    long stagedFrom() {
        return dropped.values().stream().mapToLong(Instant::toEpochMilli).max().orElse(0);
    }

    /** Hours may be dropped when all that arrived in them is merged. */
    void requireMergedBeforeDropped(long watermark) {
        dropped.forEach((version, until) -> {
            if (until.toEpochMilli() > watermark) {
                report(
                        Finding.Kind.UNKNOWN_ORIGIN,
                        version,
                        "",
                        "rows dropped up to the merge watermark " + TimeFormat.of(watermark) + " at most",
                        "rows dropped up to " + TimeFormat.of(until.toEpochMilli()));
            }
        });
    }

    private boolean dropsHours(LogEntry.Committed committed) {
        FileChanges changes = committed.changes();
        if (!committed.commit().operation().equals(DELETE) || changes.filesAdded() > 0) {
            return false;
        }
        List<Optional<Instant>> ends =
                changes.netFiles().keySet().stream().map(StagingAuditor::endOf).toList();
        if (ends.isEmpty() || ends.contains(Optional.<Instant>empty())) {
            return false;
        }
        ends.stream()
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .ifPresent(until -> dropped.put(committed.version(), until));
        return true;
    }

    /** The end of an hour of arrival, given as its partition's values. */
    private static Optional<Instant> endOf(String partition) {
        String[] values = partition.split("/", -1);
        return values.length == 2 ? ArrivalHour.parse(values[0], values[1]).map(ArrivalHour::end) : Optional.empty();
    }

    VersionRange span() {
        return walker.span();
    }

    List<CommitWalker.Removal> removals() {
        return walker.removals();
    }

    /** What came through each partition, once the log is read to its end. */
    SortedMap<TopicPartitionId, PartitionTotals> flows() {
        SortedMap<TopicPartitionId, PartitionTotals> all = new TreeMap<>(flows);
        unread.all()
                .pending()
                .forEach(range -> all.merge(
                        range.offsets().partition(), PartitionTotals.pending(range.offsets()), PartitionTotals::plus));
        return all;
    }

    UnreadOffsets unread() {
        return unread.all();
    }

    private void totals(TopicPartitionId partition, PartitionTotals totals) {
        flows.merge(partition, totals, PartitionTotals::plus);
    }

    private void judge(CommitWalker.Step<BatchMetadata> step) {
        BatchMetadata batch = step.metadata();
        long version = step.version();
        ranges.judge(version, batch);
        batch.ranges().forEach((partition, range) -> totals(partition, PartitionTotals.of(range)));
        batch.lost().forEach(range -> totals(range.partition(), PartitionTotals.skipped(range)));
        unread.add(batch);
        rows(step);
        // What follows a commit that cannot be read cannot be held against it; that commit is a finding already.
        if (!walker.wasInterrupted()) {
            numbers(version, batch);
            offsets(version, batch);
            last.ifPresent(before -> identities.judge(version, before.readProgress(), batch));
        }
        positions(version, batch);
        last = Optional.of(batch);
    }

    private void rows(CommitWalker.Step<BatchMetadata> step) {
        long staged = step.metadata().total().staged();
        FileChanges changes = step.changes();
        if (changes.rowsAdded() != staged || !changes.addsRowsOnly()) {
            report(
                    Finding.Kind.ROWS,
                    step.version(),
                    "batch " + step.metadata().sequence(),
                    "staged " + staged + " rows, nothing removed",
                    changes.describe());
        }
    }

    private void numbers(long version, BatchMetadata batch) {
        long expected = last.map(before -> before.sequence() + 1).orElse(walker.isComplete() ? 1 : batch.sequence());
        if (batch.sequence() != expected) {
            report(Finding.Kind.SEQUENCE, version, "", "batch " + expected, "batch " + batch.sequence());
        }
        last.ifPresent(before -> {
            if (batch.committedAt() <= before.committedAt()) {
                report(
                        Finding.Kind.COMMIT_TIME,
                        version,
                        "batch " + batch.sequence(),
                        "arrived_at above " + TimeFormat.of(before.committedAt()),
                        TimeFormat.of(batch.committedAt()));
            }
            if (batch.plannedAt() < before.plannedAt()) {
                report(
                        Finding.Kind.COMMIT_TIME,
                        version,
                        "batch " + batch.sequence(),
                        "planned at or after " + TimeFormat.of(before.plannedAt()),
                        TimeFormat.of(batch.plannedAt()));
            }
            if (batch.checkpoint().equals(before.checkpoint()) && batch.batch() <= before.batch()) {
                report(
                        Finding.Kind.SEQUENCE,
                        version,
                        "checkpoint " + batch.checkpoint(),
                        "Spark's batch id above " + before.batch(),
                        Long.toString(batch.batch()));
            }
        });
    }

    private void offsets(long version, BatchMetadata batch) {
        if (last.isEmpty()) {
            return;
        }
        PositionChanges.of(batch, frontierBefore(batch)).forEach((partition, pieces) -> {
            Optional<Long> position = frontierBefore(batch).positions().of(partition);
            for (PositionChanges.Move piece : pieces) {
                long from = piece.from();
                position.filter(known -> known != from)
                        .ifPresent(known -> report(
                                Finding.Kind.OFFSETS,
                                version,
                                partition.toString(),
                                "from " + known,
                                found(known, from)));
                position = Optional.of(piece.until());
            }
        });
    }

    private static String found(long position, long from) {
        return "from " + from
                + (from > position
                        ? ", a gap of " + (from - position) + " offsets"
                        : ", an overlap of " + (position - from) + " offsets");
    }

    private ReadProgress frontierBefore(BatchMetadata batch) {
        return last.map(BatchMetadata::readProgress)
                .map(before -> TopicIdentityAuditor.continued(before, batch))
                .orElse(ReadProgress.EMPTY);
    }

    /** Each range moves its position to its end; all other positions stay as they are, and none goes away. */
    private void positions(long version, BatchMetadata batch) {
        SortedMap<TopicPartitionId, Long> expected = new TreeMap<>();
        if (last.isPresent() && !walker.wasInterrupted()) {
            expected.putAll(frontierBefore(batch).positions().offsets());
        } else {
            expected.putAll(batch.positions().offsets());
        }
        PositionChanges.of(batch, frontierBefore(batch))
                .forEach((partition, pieces) ->
                        expected.put(partition, pieces.get(pieces.size() - 1).until()));
        pending(version, batch);
        SortedMap<TopicPartitionId, Long> found = batch.positions().offsets();
        if (expected.equals(found)) {
            return;
        }
        SortedSet<TopicPartitionId> partitions = new TreeSet<>(expected.keySet());
        partitions.addAll(found.keySet());
        for (TopicPartitionId partition : partitions) {
            if (!Optional.ofNullable(expected.get(partition)).equals(Optional.ofNullable(found.get(partition)))) {
                report(
                        Finding.Kind.POSITIONS,
                        version,
                        partition.toString(),
                        position(expected.get(partition)),
                        position(found.get(partition)));
            }
        }
    }

    /** What was deferred waits until a batch has it; nothing comes to wait, or stops waiting, by itself. */
    private void pending(long version, BatchMetadata batch) {
        if (last.isEmpty() || walker.wasInterrupted()) {
            return;
        }
        try {
            SortedSet<OffsetRange> expected =
                    last.get().readProgress().after(batch.progress()).pending();
            if (!expected.equals(batch.readProgress().pending())) {
                report(
                        Finding.Kind.POSITIONS,
                        version,
                        "batch " + batch.sequence(),
                        "pending " + expected,
                        "pending " + batch.readProgress().pending());
            }
        } catch (ReadProgress.BrokenException e) {
            // Ranges that begin elsewhere are findings of their own, and then nothing can be said of what waits.
            return;
        }
    }

    private static String position(Long offset) {
        return offset == null ? "no position" : "position " + offset;
    }

    private void report(Finding.Kind kind, long version, String place, String expected, String found) {
        findings.add(new Finding(kind, table, version, place, expected, found));
    }
}
