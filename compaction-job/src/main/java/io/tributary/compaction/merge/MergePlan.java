package io.tributary.compaction.merge;

import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.BatchMetadata;
import java.time.Instant;
import java.util.Optional;

/**
 * What one merge takes: the staging rows above one merge watermark and up to the next, at one version of the table.
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
     * Plans the merge of everything that is staged; empty if nothing is above the merge watermark.
     *
     * @param newest metadata of the newest batch at {@code stagingVersion}
     * @param used the highest number that a merge has claimed, as far as the log tells
     */
    static Optional<MergePlan> decide(
            Optional<Long> stagedBefore,
            long stagingVersion,
            Optional<BatchMetadata> newest,
            long mergedVersion,
            MergeWatermark watermark,
            long used) {
        return newest.map(metadata -> Instant.ofEpochMilli(metadata.committedAt()))
                .filter(committedAt -> committedAt.isAfter(watermark.committedAt()))
                .map(committedAt -> new MergePlan(
                        stagedBefore,
                        stagingVersion,
                        mergedVersion,
                        watermark,
                        new MergeWatermark(committedAt, Math.max(watermark.merge(), used) + 1)));
    }
}
