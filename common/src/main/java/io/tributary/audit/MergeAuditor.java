package io.tributary.audit;

import io.tributary.account.BatchAccount;
import io.tributary.account.MergeAccount;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Follows the merges: each goes on at the cursor of the one before, took exactly what is staged up to its own, and
 * added the rows that it counts and one cursor.
 */
final class MergeAuditor {

    private static final String DELETE = "DELETE";

    private final String table;
    private final Findings findings;
    private final Trail<MergeAccount> trail;
    private final SortedMap<String, DataCenterFlow> flows = new TreeMap<>();
    private final SortedMap<String, Long> sum = new TreeMap<>();
    private Optional<Trail.Step<MergeAccount>> current = Optional.empty();
    private boolean isComparable;
    private boolean cursorIsABatch;
    private long comparableFrom = Long.MIN_VALUE;
    private long incomparable;
    private long cursorFiles;
    private long merge;
    private long cursor;
    private Optional<MergeAccount.Lifetime> lifetime = Optional.empty();

    MergeAuditor(String table, Iterator<LogEntry> log, Findings findings) {
        this.table = table;
        this.findings = findings;
        this.trail = new Trail<>(table, MergeAccount.class, this::dropsOldCursors, log, findings);
        pull();
    }

    /** Says that the staging table's log has expired before this batch, so that earlier merges cannot be compared. */
    void startAt(BatchAccount firstBatch) {
        comparableFrom = firstBatch.arrivedAt();
    }

    /** Takes the next staged batch. */
    void staged(long stagingVersion, BatchAccount batch) {
        while (current.isPresent()
                && batch.arrivedAt() > current.get().account().cursor()) {
            close();
        }
        batch.ranges().forEach((partition, range) -> {
            flow(partition.dataCenter(), DataCenterFlow.staged(range.staged()));
            if (current.isEmpty()) {
                flow(partition.dataCenter(), DataCenterFlow.waiting(range.staged()));
            }
        });
        current.filter(step -> batch.arrivedAt() > step.account().cursorBefore())
                .ifPresent(step -> add(stagingVersion, batch, step));
    }

    /** Ends the reading: merges that are left took what the staging table's log does not hold. */
    void finish() {
        while (current.isPresent()) {
            close();
        }
        noteOthers();
        if (incomparable > 0) {
            findings.note(incomparable + " merges took batches whose staging commits have expired from the log; what"
                    + " they took is not compared.");
        }
    }

    private void noteOthers() {
        lifetime.filter(totals -> totals.byOthers() != 0)
                .ifPresent(totals -> findings.note("Commits that are no merges, such as a DELETE or a RESTORE, have "
                        + (totals.byOthers() < 0 ? "removed " : "added ") + Math.abs(totals.byOthers()) + " rows of "
                        + table + " since its rows are counted."));
    }

    TableSpan span() {
        return trail.span();
    }

    SortedMap<String, DataCenterFlow> flows() {
        return flows;
    }

    long merge() {
        return merge;
    }

    /** The running totals after the newest merge, if it counted them. */
    Optional<MergeAccount.Lifetime> lifetime() {
        return lifetime;
    }

    long cursor() {
        return cursor;
    }

    private void add(long stagingVersion, BatchAccount batch, Trail.Step<MergeAccount> step) {
        batch.ranges().forEach((partition, range) -> sum.merge(partition.dataCenter(), range.staged(), Long::sum));
        if (batch.arrivedAt() == step.account().cursor()) {
            cursorIsABatch = stagingVersion <= step.account().stagingVersion();
        }
    }

    private void close() {
        Trail.Step<MergeAccount> step = current.orElseThrow();
        if (step.account().cursorBefore() < comparableFrom && comparableFrom != Long.MIN_VALUE) {
            incomparable++;
        } else if (isComparable) {
            compare(step);
        }
        pull();
    }

    private void compare(Trail.Step<MergeAccount> step) {
        MergeAccount account = step.account();
        SortedSet<String> names = new TreeSet<>(sum.keySet());
        names.addAll(account.dataCenters().keySet());
        for (String name : names) {
            long expected = sum.getOrDefault(name, 0L);
            long found = account.dataCenters()
                    .getOrDefault(name, MergeAccount.Merged.EMPTY)
                    .staged();
            if (expected != found) {
                report(
                        Finding.Kind.MERGED,
                        step.version(),
                        "merge " + account.merge() + ", " + name,
                        expected + " rows staged from " + Times.of(account.cursorBefore()) + " to "
                                + Times.of(account.cursor()),
                        found + " rows taken");
            }
        }
        if (!cursorIsABatch) {
            report(
                    Finding.Kind.CURSOR,
                    step.version(),
                    "merge " + account.merge(),
                    "the arrived_at of a batch at or below staging version " + account.stagingVersion(),
                    Times.of(account.cursor()));
        }
    }

    private void pull() {
        Optional<MergeAccount> before = current.map(Trail.Step::account);
        current = trail.next();
        sum.clear();
        cursorIsABatch = false;
        isComparable = true;
        current.ifPresent(step -> {
            MergeAccount account = step.account();
            rows(step);
            if (!trail.wasInterrupted()) {
                chain(step.version(), account, before);
            }
            // Batches below a cursor that fell back are added up already; the cursor is a finding, the sum would be
            // noise.
            isComparable =
                    before.isEmpty() || account.cursorBefore() >= before.get().cursor();
            account.dataCenters().forEach((name, merged) -> flow(name, DataCenterFlow.of(merged)));
            follow(step.changes());
            merge = Math.max(merge, account.merge());
            cursor = Math.max(cursor, account.cursor());
            lifetime = account.lifetime();
        });
    }

    private void chain(long version, MergeAccount account, Optional<MergeAccount> before) {
        boolean isFirst = before.isEmpty() && trail.isWhole();
        if (before.isEmpty() && !isFirst) {
            return;
        }
        long expected = before.map(last -> last.merge() + 1).orElse(1L);
        if (account.merge() != expected) {
            report(Finding.Kind.MERGE_NUMBER, version, "", "merge " + expected, "merge " + account.merge());
        }
        long from = before.map(MergeAccount::cursor).orElse(0L);
        if (account.cursorBefore() != from) {
            report(
                    Finding.Kind.CURSOR,
                    version,
                    "merge " + account.merge(),
                    "it goes on at " + Times.of(from),
                    "it goes on at " + Times.of(account.cursorBefore()));
        }
        lifetime(version, account, before);
        if (account.cursor() <= account.cursorBefore()) {
            report(
                    Finding.Kind.CURSOR,
                    version,
                    "merge " + account.merge(),
                    "a cursor above " + Times.of(account.cursorBefore()),
                    Times.of(account.cursor()));
        }
    }

    private void lifetime(long version, MergeAccount account, Optional<MergeAccount> before) {
        Optional<MergeAccount.Lifetime> last = before.flatMap(MergeAccount::lifetime);
        if (last.isEmpty()) {
            return;
        }
        long expected = last.get().merged() + account.total().merged();
        if (account.lifetime().filter(own -> own.merged() == expected).isEmpty()) {
            report(
                    Finding.Kind.LIFETIME,
                    version,
                    "merge " + account.merge(),
                    expected + " rows merged since the beginning",
                    account.lifetime().map(own -> own.merged() + " rows").orElse("no count"));
        }
    }

    private void rows(Trail.Step<MergeAccount> step) {
        MergeAccount account = step.account();
        SortedMap<String, Long> expected = new TreeMap<>();
        account.mergedByDate().forEach((date, rows) -> expected.put(date.toString(), rows));
        expected.values().removeIf(rows -> rows == 0);
        long byDate = expected.values().stream().mapToLong(Long::longValue).sum();
        if (byDate != account.total().merged()) {
            report(
                    Finding.Kind.RANGE,
                    step.version(),
                    "merge " + account.merge(),
                    account.total().merged() + " rows by data centre",
                    byDate + " rows by date");
        }
        expected.put(Changes.NO_DATE, 1L);
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
                    "merge " + account.merge() + ", "
                            + (date.equals(Changes.NO_DATE) ? "the cursor" : "event_date " + date),
                    expected.getOrDefault(date, 0L) + " rows",
                    found.getOrDefault(date, 0L) + " rows");
        }
        if (!step.changes().addsRowsOnly()) {
            report(
                    Finding.Kind.ROWS,
                    step.version(),
                    "merge " + account.merge(),
                    "added files with row counts, nothing removed",
                    step.changes().words());
        }
    }

    /** A DELETE that takes cursors only, and leaves the newest. It writes no row counts of the files that it removes. */
    private boolean dropsOldCursors(LogEntry.Committed committed) {
        Changes changes = committed.changes();
        follow(changes);
        return committed.commit().operation().equals(DELETE)
                && changes.netRows().keySet().stream().allMatch(Changes.NO_DATE::equals)
                && changes.uncounted().stream().allMatch(Changes.NO_DATE::equals)
                && (!trail.isUnbroken() || cursorFiles > 0);
    }

    private void follow(Changes changes) {
        cursorFiles += changes.netFiles().getOrDefault(Changes.NO_DATE, 0L);
    }

    private void flow(String dataCenter, DataCenterFlow flow) {
        flows.merge(dataCenter, flow, DataCenterFlow::plus);
    }

    private void report(Finding.Kind kind, long version, String place, String expected, String found) {
        findings.add(new Finding(kind, table, version, place, expected, found));
    }
}
