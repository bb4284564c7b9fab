package io.tributary.compaction.maintenance;

import io.tributary.config.MergeConfig;
import io.tributary.lake.commit.MergeCommit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What is to be looked at after a merge. The merge's own metadata decides, so nothing has to be remembered between runs;
 * what is left undone, the next look an hour or a day later finds in the tables.
 *
 * @param crowded partitions of the merged table that may have gathered many small files
 * @param hourly what has ended since: hours of staging, days of quarantine, event dates; and hours of staging that have
 *     had their time
 * @param daily files that no table lists any more
 */
public record MaintenanceTasks(boolean crowded, boolean hourly, boolean daily) {

    public static final MaintenanceTasks NONE = new MaintenanceTasks(false, false, false);
    public static final MaintenanceTasks ALL = new MaintenanceTasks(true, true, true);

    /** What a merge makes due: it is the first that went beyond an hour, or a day, of arrival. */
    public static MaintenanceTasks after(MergeCommit merge, MergeConfig limits) {
        if (merge.previousWatermark() <= 0) {
            return NONE;
        }
        return new MaintenanceTasks(
                limits.isCompactionDue(merge.merge()),
                isFirstOf(merge, ChronoUnit.HOURS),
                isFirstOf(merge, ChronoUnit.DAYS));
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    private static boolean isFirstOf(MergeCommit merge, ChronoUnit unit) {
        return Instant.ofEpochMilli(merge.previousWatermark())
                .truncatedTo(unit)
                .isBefore(Instant.ofEpochMilli(merge.watermark()).truncatedTo(unit));
    }
}
