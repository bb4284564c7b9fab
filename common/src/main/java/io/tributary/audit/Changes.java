package io.tributary.audit;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a commit did to its table's files, by the statistics that the log keeps of them.
 *
 * @param filesUncounted files, added or removed, of which the log does not say how many rows they hold
 * @param netRows rows added less rows removed by partition, as the partition's values joined by {@code /}, a null as
 *     the empty text; partitions that gained as much as they lost are left out
 */
record Changes(
        long filesAdded,
        long rowsAdded,
        long filesRemoved,
        long rowsRemoved,
        long filesUncounted,
        SortedMap<String, Long> netRows) {

    static final Changes NONE = new Changes(0, 0, 0, 0, 0, new TreeMap<>());

    Changes {
        SortedMap<String, Long> changed = new TreeMap<>(netRows);
        changed.values().removeIf(rows -> rows == 0);
        netRows = Collections.unmodifiableSortedMap(changed);
    }

    long net() {
        return rowsAdded - rowsRemoved;
    }

    boolean addsRowsOnly() {
        return filesRemoved == 0 && filesUncounted == 0;
    }

    String words() {
        return "added " + rowsAdded + " rows in " + filesAdded + " files, removed " + rowsRemoved + " rows in "
                + filesRemoved + " files"
                + (filesUncounted == 0 ? "" : ", of which " + filesUncounted + " files without a row count");
    }
}
