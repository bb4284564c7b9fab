package io.tributary.audit;

import io.tributary.error.InvalidInputException;
import io.tributary.lake.log.DeltaLogReader;
import io.tributary.lake.log.PrefetchingReader;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;

/**
 * The log of one Delta table between its first version and the one that was the newest when it was opened. Unlike
 * {@link io.tributary.lake.commit.CommitLog}, which the jobs trust, it takes no file for whole and no version for present.
 */
final class TableLog {

    private final DeltaLogReader log;
    private final long first;
    private final long newest;

    /**
     * Opens the log.
     *
     * @param table the table's root
     * @throws InvalidInputException if there is no log
     */
    TableLog(String table, Configuration hadoop, PrefetchingReader ahead) {
        this.log = DeltaLogReader.withoutChecksums(table, hadoop);
        OptionalLong checkpoint = log.lastCheckpoint();
        OptionalLong oldest = log.oldestVersion();
        if (oldest.isEmpty() && checkpoint.isEmpty()) {
            throw new InvalidInputException("There is no Delta table at " + table
                    + ". Name the folder or URI that a job was given as --lake, and with --config the configuration"
                    + " that names its tables, if they are not called as usual.");
        }
        this.first = oldest.orElse(checkpoint.orElse(0));
        // Single versions that were removed are seen.
        this.newest = log.highestVersion(Math.max(first, checkpoint.orElse(0)), ahead);
    }

    long first() {
        return first;
    }

    long newest() {
        return newest;
    }

    /** What a version's file holds. Safe for many threads at once. */
    LogEntry entry(long version) {
        return log.text(version)
                .map(content -> EntryParser.parse(version, content))
                .orElseGet(() -> new LogEntry.Missing(version));
    }
}
