package io.tributary.audit;

import io.tributary.account.MergeAccount;

/**
 * What became of the staged rows of one data centre.
 *
 * @param merged rows in the merged table
 * @param repeats rows that a merge left out as repeats
 * @param waiting rows staged above the cursor, which the next merge takes
 */
record DataCenterFlow(long staged, long merged, long repeats, long waiting) {

    static final DataCenterFlow EMPTY = new DataCenterFlow(0, 0, 0, 0);

    static DataCenterFlow staged(long rows) {
        return new DataCenterFlow(rows, 0, 0, 0);
    }

    static DataCenterFlow waiting(long rows) {
        return new DataCenterFlow(0, 0, 0, rows);
    }

    static DataCenterFlow of(MergeAccount.Merged merged) {
        return new DataCenterFlow(0, merged.merged(), merged.repeats(), 0);
    }

    DataCenterFlow plus(DataCenterFlow other) {
        return new DataCenterFlow(
                staged + other.staged, merged + other.merged, repeats + other.repeats, waiting + other.waiting);
    }
}
