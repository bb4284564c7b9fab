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
record PartitionFiles(Optional<LocalDate> eventDate, long files, long small) {}
