package io.tributary.audit;

import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.CommitMetadata;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Follows one table's log from account to account, and judges what lies between: commits that are missing, that cannot
 * be read, and those without an account, which may rearrange files and must not change rows.
 */
final class CommitWalker<A extends CommitMetadata> {

    private static final String OPTIMIZE = "OPTIMIZE";

    private final String table;
    private final Class<A> kind;
    private final Predicate<LogEntry.Committed> isAllowed;
    private final Iterator<LogEntry> log;
    private final FindingCollector findings;

    private long first = -1;
    private long last = -1;
    private long commits;
    private long accounts;
    private long rows;
    private boolean interrupted;
    private boolean everInterrupted;

    /** An account with the commit that carries it. */
    record Step<A extends CommitMetadata>(Commit commit, A account, FileChanges changes) {

        long version() {
            return commit.version();
        }
    }

    /** @param isAllowed which commits without an account may change rows in this table */
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

    /** The next account; empty at the log's end. */
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

    /** Whether a commit before the newest account, and after the one before it, could not be read. */
    boolean wasInterrupted() {
        return interrupted;
    }

    /** Whether the log goes back to the table's creation; known once an account was asked for. */
    boolean isWhole() {
        return first == 0;
    }

    /** Whether every commit since the table's creation could be read so far. */
    boolean isUnbroken() {
        return isWhole() && !everInterrupted;
    }

    VersionRange span() {
        return new VersionRange(table, first, last, commits, accounts, rows);
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
            return account(committed);
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

    private Optional<Step<A>> account(LogEntry.Committed committed) {
        Commit commit = committed.commit();
        if (commit.account().isEmpty()) {
            judge(committed);
            return Optional.empty();
        }
        CommitMetadata account = commit.account().get();
        if (!kind.isInstance(account)) {
            interrupt();
            report(
                    Finding.Kind.ACCOUNT_MISPLACED,
                    commit.version(),
                    kind.getSimpleName(),
                    account.getClass().getSimpleName());
            return Optional.empty();
        }
        accounts++;
        return Optional.of(new Step<>(commit, kind.cast(account), committed.changes()));
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
                    "an account, or no change of rows",
                    committed.commit().operation() + " " + changes.words());
        } else if (!changes.netRows().isEmpty() || !changes.uncounted().isEmpty()) {
            report(
                    Finding.Kind.ROWS_CHANGED,
                    committed.version(),
                    "as many rows as before in each partition",
                    changes.words() + "; by partition " + changes.netRows());
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
