package io.tributary.audit;

import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.CommitMetadata;
import io.tributary.lake.commit.FillMetadata;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.commit.RemovalMetadata;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Follows one table's log from metadata to metadata, and judges what lies between: commits that are missing, that cannot
 * be read, and those without commit metadata, which may rearrange files and must not change rows.
 */
final class CommitWalker<A extends CommitMetadata> {

    private static final String OPTIMIZE = "OPTIMIZE";

    private final String table;
    private final Class<A> kind;
    private final Predicate<LogEntry.Committed> isAllowed;
    private final Iterator<LogEntry> log;
    private final FindingCollector findings;
    private final List<Removal> removals = new ArrayList<>();

    private long first = -1;
    private long last = -1;
    private long commits;
    private long pipelineCommits;
    private long rows;
    private boolean interrupted;
    private boolean everInterrupted;

    /** Commit metadata with the commit that carries it. */
    record Step<A extends CommitMetadata>(Commit commit, A metadata, FileChanges changes) {

        long version() {
            return commit.version();
        }
    }

    /** A commit that removed rows for good, and counts them. */
    record Removal(long version, RemovalMetadata metadata) {}

    /** @param isAllowed which commits without commit metadata may change rows in this table */
    CommitWalker(
            String table,
            Class<A> kind,
            Predicate<LogEntry.Committed> isAllowed,
            Iterator<LogEntry> log,
            FindingCollector findings) {
        this.table = table;
        this.kind = kind;
        this.isAllowed = isAllowed;
        this.log = log;
        this.findings = findings;
    }

    /** The next metadata; empty at the log's end. */
    Optional<Step<A>> next() {
        interrupted = false;
        while (log.hasNext()) {
            Optional<Step<A>> step = step(log.next());
            if (step.isPresent()) {
                return step;
            }
        }
        return Optional.empty();
    }

    /** Whether a commit before the newest metadata, and after the one before it, could not be read. */
    boolean wasInterrupted() {
        return interrupted;
    }

    /** Whether the log goes back to the table's creation; known once commit metadata was asked for. */
    boolean isComplete() {
        return first == 0;
    }

    /** Whether every commit since the table's creation could be read so far. */
    boolean isUnbroken() {
        return isComplete() && !everInterrupted;
    }

    /** The removals so far, in the order of their versions. */
    List<Removal> removals() {
        return List.copyOf(removals);
    }

    VersionRange span() {
        return new VersionRange(table, first, last, commits, pipelineCommits, rows);
    }

    private Optional<Step<A>> step(LogEntry entry) {
        if (first < 0) {
            if (entry instanceof LogEntry.Missing) {
                return Optional.empty();
            }
            first = entry.version();
        }
        last = entry.version();
        if (entry instanceof LogEntry.Committed committed) {
            commits++;
            rows += committed.changes().net();
            return metadata(committed);
        }
        interrupt();
        if (entry instanceof LogEntry.Unreadable unreadable) {
            commits++;
            report(Finding.Kind.COMMIT_UNREADABLE, entry.version(), "what its writer wrote", unreadable.why());
        } else {
            report(Finding.Kind.COMMIT_MISSING, entry.version(), "a commit between its neighbours", "no log file");
        }
        return Optional.empty();
    }

    private Optional<Step<A>> metadata(LogEntry.Committed committed) {
        Commit commit = committed.commit();
        if (commit.metadata().isEmpty()) {
            judge(committed);
            return Optional.empty();
        }
        CommitMetadata metadata = commit.metadata().get();
        if (metadata instanceof RemovalMetadata removal) {
            removed(committed, removal);
            return Optional.empty();
        }
        if (metadata instanceof FillMetadata fill && kind.equals(MergeMetadata.class)) {
            filled(committed, fill);
            return Optional.empty();
        }
        if (!kind.isInstance(metadata)) {
            interrupt();
            report(
                    Finding.Kind.METADATA_MISPLACED,
                    commit.version(),
                    kind.getSimpleName(),
                    metadata.getClass().getSimpleName());
            return Optional.empty();
        }
        pipelineCommits++;
        return Optional.of(new Step<>(commit, kind.cast(metadata), committed.changes()));
    }

    private void removed(LogEntry.Committed committed, RemovalMetadata removal) {
        pipelineCommits++;
        removals.add(new Removal(committed.version(), removal));
        FileChanges changes = committed.changes();
        SortedMap<String, Long> expected = new TreeMap<>();
        removal.byPartition().forEach((partition, rows) -> expected.put(partition, -rows));
        if (!changes.netRows().equals(expected) || !changes.uncounted().isEmpty()) {
            report(
                    Finding.Kind.ROWS,
                    committed.version(),
                    "removed rows by partition " + removal.byPartition(),
                    changes.describe() + "; by partition " + changes.netRows());
        }
    }

    /** A fill moves all rows of its date to other files. */
    private void filled(LogEntry.Committed committed, FillMetadata fill) {
        pipelineCommits++;
        FileChanges changes = committed.changes();
        boolean isOfItsDate =
                changes.netFiles().keySet().stream().allMatch(fill.date().toString()::equals);
        if (!changes.netRows().isEmpty()
                || !changes.uncounted().isEmpty()
                || changes.rowsAdded() != fill.rows()
                || !isOfItsDate) {
            report(
                    Finding.Kind.ROWS_CHANGED,
                    committed.version(),
                    "fill " + fill.fill() + " wrote the " + fill.rows() + " rows of " + fill.date() + " anew",
                    changes.describe() + "; by partition " + changes.netRows());
        }
    }

    private void judge(LogEntry.Committed committed) {
        FileChanges changes = committed.changes();
        boolean isWithoutRows = changes.addsRowsOnly() && changes.rowsAdded() == 0;
        if (isWithoutRows || isAllowed.test(committed)) {
            return;
        }
        if (!committed.commit().operation().equals(OPTIMIZE)) {
            report(
                    Finding.Kind.UNKNOWN_ORIGIN,
                    committed.version(),
                    "commit metadata, or no change of rows",
                    committed.commit().operation() + " " + changes.describe());
        } else if (!changes.netRows().isEmpty() || !changes.uncounted().isEmpty()) {
            report(
                    Finding.Kind.ROWS_CHANGED,
                    committed.version(),
                    "as many rows as before in each partition",
                    changes.describe() + "; by partition " + changes.netRows());
        }
    }

    private void interrupt() {
        interrupted = true;
        everInterrupted = true;
    }

    private void report(Finding.Kind problem, long version, String expected, String found) {
        findings.add(new Finding(problem, table, version, "", expected, found));
    }
}
