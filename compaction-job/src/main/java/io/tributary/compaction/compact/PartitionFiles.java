package io.tributary.compaction.compact;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The files of one partition of the merged table.
 *
 * @param eventDate empty for the partition that holds the cursor
 * @param files all its files
 * @param small those below the target size
 */
record PartitionFiles(Optional<LocalDate> eventDate, long files, long small) {

    /** The files of both, which are of one partition. */
    PartitionFiles plus(PartitionFiles other) {
        return new PartitionFiles(eventDate, files + other.files, small + other.small);
    }
}
