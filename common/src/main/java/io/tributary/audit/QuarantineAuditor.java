package io.tributary.audit;

import io.tributary.account.BatchAccount;
import io.tributary.account.PartitionId;
import io.tributary.account.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Holds the commits of the quarantine table against the batches that refused the records.
 *
 * <p>A batch's quarantine commit comes before its staging commit. If the job dies in between, the commit is an orphan,
 * and the batch that reads those offsets again writes only what the orphan has not written. So what a batch's own
 * commit lacks must lie in an orphan over the same offsets; and what an orphan holds must be wanted by the time that
 * its offsets are staged, else coordinates were written twice.
 */
final class QuarantineAuditor {

    private final String table;
    private final Findings findings;
    private final Trail<BatchAccount> trail;
    private final List<Orphan> orphans = new ArrayList<>();
    private Optional<Trail.Step<BatchAccount>> next;
    private final long floor;
    private long incomparable;

    /** A commit without its batch, and how many of its rows no batch has accounted for yet. */
    private record Orphan(long version, BatchAccount account, long rows) {

        Orphan less(long taken) {
            return new Orphan(version, account, rows - taken);
        }

        boolean touches(BatchAccount batch) {
            return account.ranges().entrySet().stream().anyMatch(entry -> {
                Range other = batch.ranges().get(entry.getKey());
                return other != null
                        && entry.getValue().quarantined() > 0
                        && entry.getValue().from() < other.until()
                        && other.from() < entry.getValue().until();
            });
        }

        /** Whether a batch, or one before it, has staged all the offsets whose records this commit refused. */
        boolean isPassedBy(BatchAccount batch) {
            return account.ranges().entrySet().stream()
                    .filter(entry -> entry.getValue().quarantined() > 0)
                    .allMatch(entry -> batch.positions().of(entry.getKey()).orElse(0L)
                            >= entry.getValue().until());
        }
    }

    QuarantineAuditor(String table, Iterator<LogEntry> log, Findings findings) {
        this.table = table;
        this.findings = findings;
        this.trail = new Trail<>(table, BatchAccount.class, commit -> false, log, findings);
        this.next = trail.next();
        this.floor = trail.isWhole()
                ? 0
                : next.map(step -> step.account().sequence()).orElse(Long.MAX_VALUE);
    }

    /** Passes over the commits whose batches are no longer in the staging table's log. */
    void startAt(BatchAccount firstBatch) {
        while (next.isPresent() && next.get().account().sequence() < firstBatch.sequence()) {
            pull();
        }
    }

    /** Takes the next staged batch. */
    void staged(long stagingVersion, BatchAccount batch) {
        List<Trail.Step<BatchAccount>> own = new ArrayList<>();
        while (next.isPresent() && next.get().account().sequence() <= batch.sequence()) {
            Trail.Step<BatchAccount> step = next.get();
            if (isOf(batch, step.account())) {
                own.add(step);
            } else {
                orphan(step);
            }
            pull();
        }
        long refused = batch.total().quarantined();
        if (batch.sequence() < floor) {
            incomparable += refused;
            return;
        }
        balance(stagingVersion, batch, own);
        settle(batch);
    }

    /** Ends the reading: what is left belongs to batches that are not staged yet. */
    void finish() {
        while (next.isPresent()) {
            orphan(next.get());
            pull();
        }
        for (Orphan orphan : orphans) {
            findings.note(table + " version " + orphan.version() + " holds " + orphan.rows()
                    + " rows of batch " + orphan.account().sequence()
                    + ", which is not staged: it is being written, or the job ended between its two commits. The batch"
                    + " that reads these offsets again does not write them twice.");
        }
        if (incomparable > 0) {
            findings.note(incomparable + " refused records are of batches whose quarantine commits have expired from"
                    + " the log of " + table + "; their rows are not compared.");
        }
    }

    TableSpan span() {
        return trail.span();
    }

    private void balance(long stagingVersion, BatchAccount batch, List<Trail.Step<BatchAccount>> own) {
        long rows = 0;
        for (Trail.Step<BatchAccount> step : own) {
            rows += step.changes().rowsAdded();
            if (!step.account().equals(batch)) {
                report(
                        step.version(),
                        "batch " + batch.sequence(),
                        "the account of its staging commit, version " + stagingVersion,
                        "another account");
            }
            if (!step.changes().addsRowsOnly()) {
                report(
                        step.version(),
                        "batch " + batch.sequence(),
                        "added files with row counts, nothing removed",
                        step.changes().words());
            }
        }
        long refused = batch.total().quarantined();
        long lacking = refused - rows - takenFromOrphans(batch, refused - rows);
        if (lacking != 0) {
            report(
                    own.isEmpty() ? -1 : own.get(own.size() - 1).version(),
                    "batch " + batch.sequence() + " (staging version " + stagingVersion + ")",
                    refused + " rows",
                    (refused - lacking) + " rows" + (own.isEmpty() ? ", no commit of this batch" : ""));
        }
    }

    /** How many of the rows that a batch's own commit lacks were written by orphans over its offsets. */
    private long takenFromOrphans(BatchAccount batch, long wanted) {
        long missing = wanted;
        // Those that this batch passes first: another one's rows may yet be wanted by a later batch.
        orphans.sort(Comparator.comparing(orphan -> !orphan.isPassedBy(batch)));
        for (int i = 0; i < orphans.size() && missing > 0; i++) {
            if (orphans.get(i).touches(batch)) {
                long taken = Math.min(missing, orphans.get(i).rows());
                orphans.set(i, orphans.get(i).less(taken));
                missing -= taken;
            }
        }
        return wanted - missing;
    }

    private void settle(BatchAccount batch) {
        for (Iterator<Orphan> each = orphans.iterator(); each.hasNext(); ) {
            Orphan orphan = each.next();
            if (!orphan.isPassedBy(batch)) {
                continue;
            }
            each.remove();
            if (orphan.rows() > 0) {
                report(
                        orphan.version(),
                        "batch " + orphan.account().sequence() + ", planned "
                                + Times.of(orphan.account().arrival()),
                        "no rows that another commit has written for the batch that staged "
                                + partitions(orphan.account()),
                        orphan.rows() + " rows too many");
            }
        }
    }

    private void orphan(Trail.Step<BatchAccount> step) {
        long rows = step.changes().rowsAdded();
        long refused = step.account().total().quarantined();
        if (rows > refused || !step.changes().addsRowsOnly()) {
            report(
                    step.version(),
                    "batch " + step.account().sequence(),
                    "at most " + refused + " rows, nothing removed",
                    step.changes().words());
        }
        orphans.add(new Orphan(step.version(), step.account(), rows));
    }

    private void pull() {
        next = trail.next();
    }

    private static boolean isOf(BatchAccount batch, BatchAccount quarantine) {
        return quarantine.sequence() == batch.sequence()
                && quarantine.arrivedAt() == batch.arrivedAt()
                && quarantine.batch() == batch.batch()
                && quarantine.checkpoint().equals(batch.checkpoint());
    }

    private static List<PartitionId> partitions(BatchAccount account) {
        return account.ranges().entrySet().stream()
                .filter(entry -> entry.getValue().quarantined() > 0)
                .map(entry -> entry.getKey())
                .toList();
    }

    private void report(long version, String place, String expected, String found) {
        findings.add(new Finding(Finding.Kind.QUARANTINE, table, version, place, expected, found));
    }
}
