package io.tributary.audit;

import io.tributary.account.BatchAccount;
import io.tributary.account.PartitionId;
import io.tributary.account.Range;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Follows the batches of the staging table: each continues the one before, and holds the rows that it counts. */
final class StagingAuditor {

    private final String table;
    private final Findings findings;
    private final Trail<BatchAccount> trail;
    private final SortedMap<PartitionId, PartitionFlow> flows = new TreeMap<>();
    private Optional<BatchAccount> last = Optional.empty();

    StagingAuditor(String table, Iterator<LogEntry> log, Findings findings) {
        this.table = table;
        this.findings = findings;
        this.trail = new Trail<>(table, BatchAccount.class, commit -> false, log, findings);
    }

    /** The next batch, judged; empty at the log's end. */
    Optional<Trail.Step<BatchAccount>> next() {
        Optional<Trail.Step<BatchAccount>> step = trail.next();
        step.ifPresent(this::judge);
        return step;
    }

    boolean isWhole() {
        return trail.isWhole();
    }

    TableSpan span() {
        return trail.span();
    }

    SortedMap<PartitionId, PartitionFlow> flows() {
        return flows;
    }

    private void judge(Trail.Step<BatchAccount> step) {
        BatchAccount batch = step.account();
        long version = step.version();
        batch.ranges().forEach((partition, range) -> {
            judge(version, partition, range);
            flows.merge(partition, PartitionFlow.of(range), PartitionFlow::plus);
        });
        rows(step);
        // What follows a commit that cannot be read cannot be held against it; that commit is a finding already.
        if (!trail.wasInterrupted()) {
            numbers(version, batch);
            offsets(version, batch);
        }
        positions(version, batch);
        last = Optional.of(batch);
    }

    private void judge(long version, PartitionId partition, Range range) {
        boolean isPossible = range.from() >= 0
                && range.from() <= range.until()
                && range.read() <= range.until() - range.from()
                && Math.min(Math.min(range.staged(), range.duplicate()), Math.min(range.quarantined(), range.unfit()))
                        >= 0;
        if (!isPossible) {
            report(
                    Finding.Kind.RANGE,
                    version,
                    partition.toString(),
                    "from ≤ until, read ≤ until - from, no count below 0",
                    range.toString());
        }
    }

    private void rows(Trail.Step<BatchAccount> step) {
        long staged = step.account().total().staged();
        Changes changes = step.changes();
        if (changes.rowsAdded() != staged || !changes.addsRowsOnly()) {
            report(
                    Finding.Kind.ROWS,
                    step.version(),
                    "batch " + step.account().sequence(),
                    "staged " + staged + " rows, nothing removed",
                    changes.words());
        }
    }

    private void numbers(long version, BatchAccount batch) {
        long expected = last.map(before -> before.sequence() + 1).orElse(trail.isWhole() ? 1 : batch.sequence());
        if (batch.sequence() != expected) {
            report(Finding.Kind.SEQUENCE, version, "", "batch " + expected, "batch " + batch.sequence());
        }
        last.ifPresent(before -> {
            if (batch.arrivedAt() <= before.arrivedAt()) {
                report(
                        Finding.Kind.ARRIVAL,
                        version,
                        "batch " + batch.sequence(),
                        "arrived_at above " + Times.of(before.arrivedAt()),
                        Times.of(batch.arrivedAt()));
            }
            if (batch.arrival() < before.arrival()) {
                report(
                        Finding.Kind.ARRIVAL,
                        version,
                        "batch " + batch.sequence(),
                        "planned at or after " + Times.of(before.arrival()),
                        Times.of(batch.arrival()));
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

    private void offsets(long version, BatchAccount batch) {
        if (last.isEmpty()) {
            return;
        }
        batch.ranges().forEach((partition, range) -> last.get()
                .positions()
                .of(partition)
                .filter(position -> position != range.from())
                .ifPresent(position -> report(
                        Finding.Kind.OFFSETS,
                        version,
                        partition.toString(),
                        "from " + position,
                        "from " + range.from()
                                + (range.from() > position
                                        ? ", a gap of " + (range.from() - position) + " offsets"
                                        : ", an overlap of " + (position - range.from()) + " offsets"))));
    }

    /** Each range moves its position to its end; all other positions stay as they are, and none goes away. */
    private void positions(long version, BatchAccount batch) {
        SortedMap<PartitionId, Long> expected = new TreeMap<>();
        if (last.isPresent() && !trail.wasInterrupted()) {
            expected.putAll(last.get().positions().offsets());
        } else {
            expected.putAll(batch.positions().offsets());
        }
        batch.ranges().forEach((partition, range) -> expected.put(partition, range.until()));
        SortedMap<PartitionId, Long> found = batch.positions().offsets();
        if (expected.equals(found)) {
            return;
        }
        SortedSet<PartitionId> partitions = new TreeSet<>(expected.keySet());
        partitions.addAll(found.keySet());
        for (PartitionId partition : partitions) {
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

    private static String position(Long offset) {
        return offset == null ? "no position" : "position " + offset;
    }

    private void report(Finding.Kind kind, long version, String place, String expected, String found) {
        findings.add(new Finding(kind, table, version, place, expected, found));
    }
}
