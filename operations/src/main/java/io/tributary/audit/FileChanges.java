package io.tributary.audit;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a commit did to its table's files, by the statistics that the log keeps of them.
 *
 * @param uncounted partitions with files, added or removed, of which the log does not say how many rows they hold
 * @param netRows rows added less rows removed by partition, as the partition's values joined by {@code /}, a null as
 *     the empty text; partitions that gained as much as they lost are left out
 * @param netFiles files added less files removed, by partition likewise
 */
record FileChanges(
        long filesAdded,
        long rowsAdded,
        long filesRemoved,
        long rowsRemoved,
        SortedSet<String> uncounted,
        SortedMap<String, Long> netRows,
        SortedMap<String, Long> netFiles) {

    /** The partition of the merge's merge watermark: every event has a date. */
    static final String NO_DATE = "";

    static final FileChanges NONE = new FileChanges(0, 0, 0, 0, new TreeSet<>(), new TreeMap<>(), new TreeMap<>());

    FileChanges {
        uncounted = Collections.unmodifiableSortedSet(new TreeSet<>(uncounted));
        netRows = changed(netRows);
        netFiles = changed(netFiles);
    }

    private static SortedMap<String, Long> changed(SortedMap<String, Long> net) {
        SortedMap<String, Long> changed = new TreeMap<>(net);
        changed.values().removeIf(count -> count == 0);
        return Collections.unmodifiableSortedMap(changed);
    }

    /** Rows added less rows removed, without those of {@link #NO_DATE}. */
    long net() {
        return rowsAdded - rowsRemoved - netRows.getOrDefault(NO_DATE, 0L);
    }

    boolean addsRowsOnly() {
        return filesRemoved == 0 && uncounted.isEmpty();
    }

    String describe() {
        return "added " + rowsAdded + " rows in " + filesAdded + " files, removed " + rowsRemoved + " rows in "
                + filesRemoved + " files"
                + (uncounted.isEmpty() ? "" : "; without row counts in the partitions " + uncounted);
    }
}
