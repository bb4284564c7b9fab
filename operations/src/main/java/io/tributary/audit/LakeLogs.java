package io.tributary.audit;

import io.tributary.lake.log.PrefetchingReader;
import io.tributary.schema.Lake;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;

/** The logs of a lake's three tables as they stood at one moment, while jobs may go on writing. */
final class LakeLogs implements AutoCloseable {

    private final Lake lake;
    private final PrefetchingReader ahead;
    private final TableLog merged;
    private final TableLog staging;
    private final TableLog quarantine;

    /** @throws io.tributary.error.InvalidInputException if there is no lake */
    LakeLogs(Lake lake, Configuration hadoop) {
        this.lake = lake;
        this.ahead = PrefetchingReader.of(lake.root());
        // In this order: what is merged was staged before, and what is staged was quarantined before.
        this.merged = new TableLog(lake.merged(), hadoop, ahead);
        this.staging = new TableLog(lake.staging(), hadoop, ahead);
        this.quarantine = new TableLog(lake.quarantine(), hadoop, ahead);
    }

    AuditReport audit() {
        return new Audit(lake.names()).of(staging(), entries(quarantine), entries(merged));
    }

    /** Reads the staging log, anew at every call. */
    Iterator<LogEntry> staging() {
        return entries(staging);
    }

    long stagingVersion() {
        return staging.newest();
    }

    long quarantineVersion() {
        return quarantine.newest();
    }

    long mergedVersion() {
        return merged.newest();
    }

    @Override
    public void close() {
        ahead.close();
    }

    private Iterator<LogEntry> entries(TableLog log) {
        return ahead.read(log.first(), log.newest() + 1, log::entry);
    }
}
