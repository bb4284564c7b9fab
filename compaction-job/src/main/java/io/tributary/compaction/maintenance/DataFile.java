package io.tributary.compaction.maintenance;

import io.tributary.lake.log.TimeSpan;
import java.util.Map;
import java.util.Optional;

/**
 * A data file as its table's log describes it.
 *
 * @param path as the log writes it, which names the file within its table
 * @param partition the values of the partition columns, a null as an empty {@link Optional}
 * @param span of the column that orders the table's rows; empty where the log keeps no statistics of it
 */
record DataFile(String path, Map<String, Optional<String>> partition, long bytes, Optional<TimeSpan> span) {

    DataFile {
        partition = Map.copyOf(partition);
    }

    Optional<String> value(String column) {
        return partition.getOrDefault(column, Optional.empty());
    }
}
