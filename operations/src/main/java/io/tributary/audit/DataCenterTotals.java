package io.tributary.audit;

import io.tributary.lake.commit.MergeMetadata;

/**
 * What became of the staged rows of one data center.
 *
 * @param merged rows that merges added to the merged table
 * @param duplicates rows that a merge left out as repeats
 * @param pending rows staged above the merge watermark, which the next merge takes
 * @param erased rows that a merge left out because their event was erased
 * @param removed rows that were removed from the merged table, erased or dropped by a rule
 */
record DataCenterTotals(long staged, long merged, long duplicates, long pending, long erased, long removed) {

    static final DataCenterTotals EMPTY = new DataCenterTotals(0, 0, 0, 0);

    /** Of a data center of which nothing was erased or dropped. */
    DataCenterTotals(long staged, long merged, long duplicates, long pending) {
        this(staged, merged, duplicates, pending, 0, 0);
    }

    static DataCenterTotals staged(long rows) {
        return new DataCenterTotals(rows, 0, 0, 0);
    }

    static DataCenterTotals pending(long rows) {
        return new DataCenterTotals(0, 0, 0, rows);
    }

    static DataCenterTotals of(MergeMetadata.Merged merged) {
        return new DataCenterTotals(0, merged.merged(), merged.duplicates(), 0, merged.erased(), 0);
    }

    static DataCenterTotals removed(long rows) {
        return new DataCenterTotals(0, 0, 0, 0, 0, rows);
    }

    /** How many rows the merged table has. */
    long inMerged() {
        return merged - removed;
    }

    DataCenterTotals plus(DataCenterTotals other) {
        return new DataCenterTotals(
                staged + other.staged,
                merged + other.merged,
                duplicates + other.duplicates,
                pending + other.pending,
                erased + other.erased,
                removed + other.removed);
    }
}
