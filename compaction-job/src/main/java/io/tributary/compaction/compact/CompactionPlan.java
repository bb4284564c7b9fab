package io.tributary.compaction.compact;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a compaction does.
 *
 * @param dates partitions whose small files are packed, oldest first
 * @param dropOldCursors whether the rows of earlier cursors are deleted
 */
public record CompactionPlan(List<LocalDate> dates, boolean dropOldCursors) {

    public CompactionPlan {
        dates = List.copyOf(dates);
    }

    /** @param compactAfterFiles how many small files a partition may gather */
    static CompactionPlan decide(Collection<PartitionFiles> partitions, int compactAfterFiles) {
        List<PartitionFiles> crowded = partitions.stream()
                .filter(partition -> partition.small() >= compactAfterFiles)
                .toList();
        return new CompactionPlan(
                crowded.stream()
                        .map(PartitionFiles::eventDate)
                        .flatMap(Optional::stream)
                        .sorted()
                        .toList(),
                crowded.stream().anyMatch(partition -> partition.eventDate().isEmpty()));
    }

    public boolean isEmpty() {
        return dates.isEmpty() && !dropOldCursors;
    }
}
