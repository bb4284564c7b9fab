package io.tributary.audit;

import io.tributary.lake.commit.BatchMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Holds the commits of the quarantine table against the batches that rejected the records.
 *
 * <p>A batch's quarantine commit comes before its staging commit. If the job dies in between, the commit is an orphan,
 * and the batch that reads those offsets again writes only what the orphan has not written. So what a batch's own
 * commit lacks must lie in an orphan over the same offsets; and what an orphan holds must be wanted by the time that
 * its offsets are staged, else coordinates were written twice. The offsets may be read again with other cuts, and a part
 * of them may wait, so an orphan is followed until the last of its offsets is carried.
 */
final class QuarantineAuditor {

    private final String table;
    private final FindingCollector findings;
    private final CommitWalker<BatchMetadata> walker;
    private final List<OrphanedCommit> orphans = new ArrayList<>();
    private Optional<CommitWalker.Step<BatchMetadata>> next;
    private final long floor;
    private long incomparable;

    QuarantineAuditor(String table, Iterator<LogEntry> log, FindingCollector findings) {
        this.table = table;
        this.findings = findings;
        this.walker = new CommitWalker<>(table, BatchMetadata.class, commit -> false, log, findings);
        this.next = walker.next();
        this.floor = walker.isComplete()
                ? 0
                : next.map(step -> step.metadata().sequence()).orElse(Long.MAX_VALUE);
    }

    /**
     * Passes over the commits whose batches are no longer in the staging table's log, except for those whose offsets the
     * first batch that is there, or a later one, carries: they are orphans.
     */
    void startAt(BatchMetadata firstBatch) {
        while (next.isPresent() && next.get().metadata().sequence() < firstBatch.sequence()) {
            OrphanedCommit orphan = new OrphanedCommit(
                    next.get().version(),
                    next.get().metadata(),
                    next.get().changes().rowsAdded(),
                    true);
            if (orphan.pending().areTouchedBy(firstBatch)
                    || orphan.overlaps(firstBatch.readProgress().pending())) {
                orphans.add(orphan);
            }
            advance();
        }
    }

    /** Takes the next staged batch. */
    void staged(long stagingVersion, BatchMetadata batch) {
        List<CommitWalker.Step<BatchMetadata>> own = new ArrayList<>();
        while (next.isPresent() && next.get().metadata().sequence() <= batch.sequence()) {
            CommitWalker.Step<BatchMetadata> step = next.get();
            if (isOf(batch, step.metadata())) {
                own.add(step);
            } else {
                orphan(step);
            }
            advance();
        }
        long rejected = batch.quarantinedRows();
        if (batch.sequence() < floor) {
            incomparable += rejected;
            return;
        }
        balance(stagingVersion, batch, own);
        settle(batch);
    }

    /** Ends the reading: what is left belongs to batches that are not staged yet. */
    void finish() {
        while (next.isPresent()) {
            orphan(next.get());
            advance();
        }
        for (OrphanedCommit orphan : orphans) {
            findings.note(table + " version " + orphan.version() + " holds " + orphan.rows()
                    + " rows of batch " + orphan.metadata().sequence()
                    + " whose offsets are not all staged: the batch is being written, or the job ended between its two"
                    + " commits, or its offsets wait. No batch that reads them writes these rows again. Not staged are "
                    + orphan.pending().ranges() + ".");
        }
        if (incomparable > 0) {
            findings.note(incomparable + " rejected records are of batches whose quarantine commits have expired from"
                    + " the log of " + table + "; their rows are not compared.");
        }
    }

    VersionRange span() {
        return walker.span();
    }

    List<CommitWalker.Removal> removals() {
        return walker.removals();
    }

    private void balance(long stagingVersion, BatchMetadata batch, List<CommitWalker.Step<BatchMetadata>> own) {
        long rows = 0;
        for (CommitWalker.Step<BatchMetadata> step : own) {
            rows += step.changes().rowsAdded();
            if (!step.metadata().equals(batch)) {
                report(
                        step.version(),
                        "batch " + batch.sequence(),
                        "the metadata of its staging commit, version " + stagingVersion,
                        "another metadata");
            }
            if (!step.changes().addsRowsOnly()) {
                report(
                        step.version(),
                        "batch " + batch.sequence(),
                        "added files with row counts, nothing removed",
                        step.changes().describe());
            }
        }
        long rejected = batch.quarantinedRows();
        long lacking = rejected - rows - takenFromOrphans(batch, rejected - rows);
        if (lacking != 0) {
            report(
                    own.isEmpty() ? -1 : own.get(own.size() - 1).version(),
                    "batch " + batch.sequence() + " (staging version " + stagingVersion + ")",
                    rejected + " rows",
                    (rejected - lacking) + " rows" + (own.isEmpty() ? ", no commit of this batch" : ""));
        }
    }

    /** How many of the rows that a batch's own commit lacks were written by orphans over its offsets. */
    private long takenFromOrphans(BatchMetadata batch, long wanted) {
        long missing = wanted;
        // Those first whose rows no later batch can want.
        orphans.sort(Comparator.comparing(orphan -> !orphan.endsWith(batch)));
        for (OrphanedCommit orphan : orphans) {
            missing -= missing > 0 ? orphan.take(batch, missing) : 0;
        }
        return wanted - missing;
    }

    private void settle(BatchMetadata batch) {
        for (Iterator<OrphanedCommit> each = orphans.iterator(); each.hasNext(); ) {
            OrphanedCommit orphan = each.next();
            orphan.passedBy(batch);
            if (!orphan.pending().isEmpty()) {
                continue;
            }
            each.remove();
            if (orphan.rows() > 0 && orphan.isCertain()) {
                report(
                        orphan.version(),
                        "batch " + orphan.metadata().sequence() + ", planned "
                                + TimeFormat.of(orphan.metadata().plannedAt()),
                        "no rows that another commit has written for the batch that staged " + orphan.partitions(),
                        orphan.rows() + " rows too many");
            }
        }
    }

    private void orphan(CommitWalker.Step<BatchMetadata> step) {
        long rows = step.changes().rowsAdded();
        long rejected = step.metadata().quarantinedRows();
        if (rows > rejected || !step.changes().addsRowsOnly()) {
            report(
                    step.version(),
                    "batch " + step.metadata().sequence(),
                    "at most " + rejected + " rows, nothing removed",
                    step.changes().describe());
        }
        orphans.add(new OrphanedCommit(step.version(), step.metadata(), rows, false));
    }

    private void advance() {
        next = walker.next();
    }

    private static boolean isOf(BatchMetadata batch, BatchMetadata quarantine) {
        return quarantine.sequence() == batch.sequence()
                && quarantine.committedAt() == batch.committedAt()
                && quarantine.batch() == batch.batch()
                && quarantine.checkpoint().equals(batch.checkpoint());
    }

    private void report(long version, String place, String expected, String found) {
        findings.add(new Finding(Finding.Kind.QUARANTINE, table, version, place, expected, found));
    }
}
