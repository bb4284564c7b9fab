package io.tributary.audit;

import io.tributary.lake.commit.Commit;

/** What the log of a table holds for one version. */
sealed interface LogEntry {

    long version();

    /** A commit that can be read. */
    record Committed(Commit commit, FileChanges changes) implements LogEntry {
        @Override
        public long version() {
            return commit.version();
        }
    }

    /** No commit: expired if no earlier version is there either, else somebody removed it. */
    record Missing(long version) implements LogEntry {}

    /** A commit whose file is not what Delta writes, or whose metadata is none. */
    record Unreadable(long version, String why) implements LogEntry {}
}
