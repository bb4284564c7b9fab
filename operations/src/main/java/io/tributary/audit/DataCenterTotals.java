package io.tributary.audit;

import io.tributary.lake.commit.MergeCommit;

/**
 * What became of the staged rows of one data center.
 *
 * @param merged rows in the merged table
 * @param duplicates rows that a merge left out as repeats
 * @param pending rows staged above the merge watermark, which the next merge takes
 */
record DataCenterTotals(long staged, long merged, long duplicates, long pending) {

    static final DataCenterTotals EMPTY = new DataCenterTotals(0, 0, 0, 0);

    static DataCenterTotals staged(long rows) {
        return new DataCenterTotals(rows, 0, 0, 0);
    }

    static DataCenterTotals pending(long rows) {
        return new DataCenterTotals(0, 0, 0, rows);
    }

    static DataCenterTotals of(MergeCommit.Merged merged) {
        return new DataCenterTotals(0, merged.merged(), merged.duplicates(), 0);
    }

    DataCenterTotals plus(DataCenterTotals other) {
        return new DataCenterTotals(
                staged + other.staged, merged + other.merged, duplicates + other.duplicates, pending + other.pending);
    }
}
