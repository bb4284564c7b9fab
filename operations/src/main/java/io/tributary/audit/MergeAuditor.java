package io.tributary.audit;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.MergeMetadata;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Follows the merges: each goes on at the merge watermark of the one before, took exactly what is staged up to its own, and
 * added the rows that it counts and one merge watermark.
 */
final class MergeAuditor {

    private static final String DELETE = "DELETE";

    private final String table;
    private final FindingCollector findings;
    private final CommitWalker<MergeMetadata> walker;
    private final SortedMap<String, DataCenterTotals> flows = new TreeMap<>();
    private final SortedMap<String, Long> sum = new TreeMap<>();
    private Optional<CommitWalker.Step<MergeMetadata>> current = Optional.empty();
    private boolean isComparable;
    private boolean isWatermarkAtABatch;
    private long comparableFrom = Long.MIN_VALUE;
    private long incomparable;
    private long watermarkFiles;
    private long merge;
    private long watermark;
    private Optional<MergeMetadata.Lifetime> lifetime = Optional.empty();

    MergeAuditor(String table, Iterator<LogEntry> log, FindingCollector findings) {
        this.table = table;
        this.findings = findings;
        this.walker = new CommitWalker<>(table, MergeMetadata.class, this::dropsOldWatermarks, log, findings);
        advance();
    }

    /** Says that the staging table's log has expired before this batch, so that earlier merges cannot be compared. */
    void startAt(BatchMetadata firstBatch) {
        comparableFrom = firstBatch.committedAt();
    }

    /** Takes the next staged batch. */
    void staged(long stagingVersion, BatchMetadata batch) {
        while (current.isPresent()
                && batch.committedAt() > current.get().metadata().watermark()) {
            close();
        }
        batch.ranges().forEach((partition, range) -> {
            totals(partition.dataCenter(), DataCenterTotals.staged(range.staged()));
            if (current.isEmpty()) {
                totals(partition.dataCenter(), DataCenterTotals.pending(range.staged()));
            }
        });
        current.filter(step -> batch.committedAt() > step.metadata().previousWatermark())
                .ifPresent(step -> add(stagingVersion, batch, step));
    }

    /** Ends the reading: merges that are left took what the staging table's log does not hold. */
    void finish() {
        while (current.isPresent()) {
            close();
        }
        walker.removals().forEach(removal -> removal.metadata()
                .dataCenters()
                .forEach((name, rows) -> totals(name, DataCenterTotals.removed(rows))));
        noteOthers();
        if (incomparable > 0) {
            findings.note(incomparable + " merges took batches whose staging commits have expired from the log; what"
                    + " they took is not compared.");
        }
    }

    private void noteOthers() {
        lifetime.filter(totals -> totals.byOthers() != 0)
                .ifPresent(totals ->
                        findings.note("Commits that are no merges, such as an erasure, a DELETE or a RESTORE, have "
                                + (totals.byOthers() < 0 ? "removed " : "added ") + Math.abs(totals.byOthers())
                                + " rows of "
                                + table + " since its rows are counted."));
    }

    VersionRange span() {
        return walker.span();
    }

    SortedMap<String, DataCenterTotals> flows() {
        return flows;
    }

    long merge() {
        return merge;
    }

    /** The running totals after the newest merge, if it counted them, less what was removed since. */
    Optional<MergeMetadata.Lifetime> lifetime() {
        return lifetime.map(totals -> totals.without(
                removals().stream()
                        .filter(removal -> removal.version() > totals.version())
                        .mapToLong(removal -> removal.metadata().rows())
                        .sum(),
                totals.version()));
    }

    List<CommitWalker.Removal> removals() {
        return walker.removals();
    }

    long watermark() {
        return watermark;
    }

    private void add(long stagingVersion, BatchMetadata batch, CommitWalker.Step<MergeMetadata> step) {
        batch.ranges().forEach((partition, range) -> sum.merge(partition.dataCenter(), range.staged(), Long::sum));
        if (batch.committedAt() == step.metadata().watermark()) {
            isWatermarkAtABatch = stagingVersion <= step.metadata().stagingVersion();
        }
    }

    private void close() {
        CommitWalker.Step<MergeMetadata> step = current.orElseThrow();
        if (step.metadata().previousWatermark() < comparableFrom && comparableFrom != Long.MIN_VALUE) {
            incomparable++;
        } else if (isComparable) {
            compare(step);
        }
        advance();
    }

    private void compare(CommitWalker.Step<MergeMetadata> step) {
        MergeMetadata metadata = step.metadata();
        SortedSet<String> names = new TreeSet<>(sum.keySet());
        names.addAll(metadata.dataCenters().keySet());
        for (String name : names) {
            long expected = sum.getOrDefault(name, 0L);
            long found = metadata.dataCenters()
                    .getOrDefault(name, MergeMetadata.Merged.EMPTY)
                    .staged();
            if (expected != found) {
                report(
                        Finding.Kind.MERGED,
                        step.version(),
                        "merge " + metadata.merge() + ", " + name,
                        expected + " rows staged from " + TimeFormat.of(metadata.previousWatermark()) + " to "
                                + TimeFormat.of(metadata.watermark()),
                        found + " rows taken");
            }
        }
        if (!isWatermarkAtABatch) {
            report(
                    Finding.Kind.MERGE_WATERMARK,
                    step.version(),
                    "merge " + metadata.merge(),
                    "the arrived_at of a batch at or below staging version " + metadata.stagingVersion(),
                    TimeFormat.of(metadata.watermark()));
        }
    }

    private void advance() {
        Optional<MergeMetadata> before = current.map(CommitWalker.Step::metadata);
        current = walker.next();
        sum.clear();
        isWatermarkAtABatch = false;
        isComparable = true;
        current.ifPresent(step -> {
            MergeMetadata metadata = step.metadata();
            rows(step);
            if (!walker.wasInterrupted()) {
                chain(step.version(), metadata, before);
            }
            // Batches below a merge watermark that fell back are added up already; the merge watermark is a finding,
            // the sum would be
            // noise.
            isComparable = before.isEmpty()
                    || metadata.previousWatermark() >= before.get().watermark();
            metadata.dataCenters().forEach((name, merged) -> totals(name, DataCenterTotals.of(merged)));
            follow(step.changes());
            merge = Math.max(merge, metadata.merge());
            watermark = Math.max(watermark, metadata.watermark());
            lifetime = metadata.lifetime();
        });
    }

    private void chain(long version, MergeMetadata metadata, Optional<MergeMetadata> before) {
        boolean isFirst = before.isEmpty() && walker.isComplete();
        if (before.isEmpty() && !isFirst) {
            return;
        }
        long expected = before.map(last -> last.merge() + 1).orElse(1L);
        if (metadata.merge() != expected) {
            report(Finding.Kind.MERGE_NUMBER, version, "", "merge " + expected, "merge " + metadata.merge());
        }
        long from = before.map(MergeMetadata::watermark).orElse(0L);
        if (metadata.previousWatermark() != from) {
            report(
                    Finding.Kind.MERGE_WATERMARK,
                    version,
                    "merge " + metadata.merge(),
                    "it goes on at " + TimeFormat.of(from),
                    "it goes on at " + TimeFormat.of(metadata.previousWatermark()));
        }
        lifetime(version, metadata, before);
        if (metadata.watermark() <= metadata.previousWatermark()) {
            report(
                    Finding.Kind.MERGE_WATERMARK,
                    version,
                    "merge " + metadata.merge(),
                    "a merge watermark above " + TimeFormat.of(metadata.previousWatermark()),
                    TimeFormat.of(metadata.watermark()));
        }
    }

    private void lifetime(long version, MergeMetadata metadata, Optional<MergeMetadata> before) {
        Optional<MergeMetadata.Lifetime> last = before.flatMap(MergeMetadata::lifetime);
        if (last.isEmpty()) {
            return;
        }
        long expected = last.get().merged() + metadata.total().merged();
        if (metadata.lifetime().filter(own -> own.merged() == expected).isEmpty()) {
            report(
                    Finding.Kind.LIFETIME,
                    version,
                    "merge " + metadata.merge(),
                    expected + " rows merged since the beginning",
                    metadata.lifetime().map(own -> own.merged() + " rows").orElse("no count"));
        }
    }

    private void rows(CommitWalker.Step<MergeMetadata> step) {
        MergeMetadata metadata = step.metadata();
        SortedMap<String, Long> expected = new TreeMap<>();
        metadata.mergedByDate().forEach((date, rows) -> expected.put(date.toString(), rows));
        expected.values().removeIf(rows -> rows == 0);
        long byDate = expected.values().stream().mapToLong(Long::longValue).sum();
        if (byDate != metadata.total().merged()) {
            report(
                    Finding.Kind.RANGE,
                    step.version(),
                    "merge " + metadata.merge(),
                    metadata.total().merged() + " rows by data center",
                    byDate + " rows by date");
        }
        expected.put(FileChanges.NO_DATE, 1L);
        SortedMap<String, Long> found = step.changes().netRows();
        if (expected.equals(found) && step.changes().addsRowsOnly()) {
            return;
        }
        SortedSet<String> dates = new TreeSet<>(expected.keySet());
        dates.addAll(found.keySet());
        dates.removeIf(date -> expected.getOrDefault(date, 0L).equals(found.getOrDefault(date, 0L)));
        for (String date : dates) {
            report(
                    Finding.Kind.ROWS,
                    step.version(),
                    "merge " + metadata.merge() + ", "
                            + (date.equals(FileChanges.NO_DATE) ? "the merge watermark" : "event_date " + date),
                    expected.getOrDefault(date, 0L) + " rows",
                    found.getOrDefault(date, 0L) + " rows");
        }
        if (!step.changes().addsRowsOnly()) {
            report(
                    Finding.Kind.ROWS,
                    step.version(),
                    "merge " + metadata.merge(),
                    "added files with row counts, nothing removed",
                    step.changes().describe());
        }
    }

    /** A DELETE that takes merge watermarks only, and leaves the newest. It writes no row counts of the files that it removes. */
    private boolean dropsOldWatermarks(LogEntry.Committed committed) {
        FileChanges changes = committed.changes();
        follow(changes);
        return committed.commit().operation().equals(DELETE)
                && changes.netRows().keySet().stream().allMatch(FileChanges.NO_DATE::equals)
                && changes.uncounted().stream().allMatch(FileChanges.NO_DATE::equals)
                && (!walker.isUnbroken() || watermarkFiles > 0);
    }

    private void follow(FileChanges changes) {
        watermarkFiles += changes.netFiles().getOrDefault(FileChanges.NO_DATE, 0L);
    }

    private void totals(String dataCenter, DataCenterTotals totals) {
        flows.merge(dataCenter, totals, DataCenterTotals::plus);
    }

    private void report(Finding.Kind kind, long version, String place, String expected, String found) {
        findings.add(new Finding(kind, table, version, place, expected, found));
    }
}
