package io.tributary.compaction.maintenance;

import io.tributary.config.MergeConfig;
import io.tributary.lake.commit.MergeMetadata;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The maintenance tasks that are due after a merge. The merge's commit metadata decides, so nothing is remembered
 * between runs. A task that was not completed is found in the tables at its next turn, an hour or a day later.
 *
 * @param crowded whether partitions of the merged table with many small files are compacted
 * @param hourly whether closed hours of staging, days of quarantine and event dates are compacted, and expired hours of
 *     staging deleted
 * @param daily whether files that no table lists any more are deleted, and copies of replayed records
 */
public record MaintenanceTasks(boolean crowded, boolean hourly, boolean daily) {

    public static final MaintenanceTasks NONE = new MaintenanceTasks(false, false, false);
    public static final MaintenanceTasks ALL = new MaintenanceTasks(true, true, true);

    /** The tasks that a merge makes due, if it is the first beyond an hour, or a day, of arrival. */
    public static MaintenanceTasks after(MergeMetadata merge, MergeConfig limits) {
        if (merge.previousWatermark() <= 0) {
            return NONE;
        }
        return new MaintenanceTasks(
                limits.isCompactionDue(merge.merge()),
                isFirstOf(merge, ChronoUnit.HOURS),
                isFirstOf(merge, ChronoUnit.DAYS));
    }

    /** These tasks and others. */
    public MaintenanceTasks plus(MaintenanceTasks others) {
        return new MaintenanceTasks(crowded || others.crowded, hourly || others.hourly, daily || others.daily);
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    private static boolean isFirstOf(MergeMetadata merge, ChronoUnit unit) {
        return Instant.ofEpochMilli(merge.previousWatermark())
                .truncatedTo(unit)
                .isBefore(Instant.ofEpochMilli(merge.watermark()).truncatedTo(unit));
    }
}
