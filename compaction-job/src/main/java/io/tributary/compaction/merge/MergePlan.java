package io.tributary.compaction.merge;

import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.BatchCommit;
import java.time.Instant;
import java.util.Optional;

/**
 * What one merge takes: the staging rows above one cursor and up to the next, at one version of the table.
 *
 * @param stagedBefore version of the staging table that the merge before had read; empty if none did, or if the table's
 *     log does not show its last batch there
 * @param mergedVersion version of the merged table that holds {@code before}
 */
record MergePlan(
        Optional<Long> stagedBefore,
        long stagingVersion,
        long mergedVersion,
        MergeWatermark before,
        MergeWatermark after) {

    /**
     * Plans the merge of everything that is staged; empty if nothing is above the cursor.
     *
     * @param newest account of the newest batch at {@code stagingVersion}
     * @param used the highest number that a merge has claimed, as far as the log tells
     */
    static Optional<MergePlan> decide(
            Optional<Long> stagedBefore,
            long stagingVersion,
            Optional<BatchCommit> newest,
            long mergedVersion,
            MergeWatermark cursor,
            long used) {
        return newest.map(account -> Instant.ofEpochMilli(account.arrivedAt()))
                .filter(arrivedAt -> arrivedAt.isAfter(cursor.arrivedAt()))
                .map(arrivedAt -> new MergePlan(
                        stagedBefore,
                        stagingVersion,
                        mergedVersion,
                        cursor,
                        new MergeWatermark(arrivedAt, Math.max(cursor.merge(), used) + 1)));
    }
}
