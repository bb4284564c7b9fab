package io.tributary.audit;

import io.tributary.lake.commit.MergeCommit;

/**
 * What became of the staged rows of one data centre.
 *
 * @param merged rows in the merged table
 * @param repeats rows that a merge left out as repeats
 * @param waiting rows staged above the cursor, which the next merge takes
 */
record DataCenterTotals(long staged, long merged, long repeats, long waiting) {

    static final DataCenterTotals EMPTY = new DataCenterTotals(0, 0, 0, 0);

    static DataCenterTotals staged(long rows) {
        return new DataCenterTotals(rows, 0, 0, 0);
    }

    static DataCenterTotals waiting(long rows) {
        return new DataCenterTotals(0, 0, 0, rows);
    }

    static DataCenterTotals of(MergeCommit.Merged merged) {
        return new DataCenterTotals(0, merged.merged(), merged.repeats(), 0);
    }

    DataCenterTotals plus(DataCenterTotals other) {
        return new DataCenterTotals(
                staged + other.staged, merged + other.merged, repeats + other.repeats, waiting + other.waiting);
    }
}
