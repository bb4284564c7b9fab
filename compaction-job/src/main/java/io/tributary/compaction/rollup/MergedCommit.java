package io.tributary.compaction.rollup;

import io.tributary.lake.commit.MergeMetadata;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one commit changed in the merged table's events; moving them to other files changes none.
 *
 * @param merge the metadata, if it is a merge's
 * @param added files with events that were not there before
 * @param reduced event dates that lost a file with its events
 */
record MergedCommit(long version, Optional<MergeMetadata> merge, List<AddedFile> added, SortedSet<LocalDate> reduced) {

    MergedCommit {
        added = List.copyOf(added);
        reduced = Collections.unmodifiableSortedSet(new TreeSet<>(reduced));
    }

    /** Whether its files are what the merge accounts for, date by date, so that they can be taken for its events. */
    boolean addsWhatItAccountsFor() {
        SortedMap<LocalDate, Long> events = new TreeMap<>();
        added.forEach(file -> events.merge(file.date(), file.events(), Long::sum));
        return reduced.isEmpty()
                && added.stream().allMatch(file -> file.events() >= 0)
                && merge.filter(metadata -> metadata.mergedByDate().equals(events))
                        .isPresent();
    }

    /** All event dates whose events it may have changed. */
    SortedSet<LocalDate> dates() {
        SortedSet<LocalDate> dates = new TreeSet<>(reduced);
        added.forEach(file -> dates.add(file.date()));
        merge.ifPresent(metadata -> dates.addAll(metadata.mergedByDate().keySet()));
        return dates;
    }
}
