package io.tributary.compaction.upkeep;

import io.tributary.account.MergeAccount;
import io.tributary.config.MergeConfig;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What is to be looked at after a merge. The merge's own account decides, so nothing has to be remembered between runs;
 * what is left undone, the next look an hour or a day later finds in the tables.
 *
 * @param crowded partitions of the merged table that may have gathered many small files
 * @param hourly what has ended since: hours of staging, days of quarantine, event dates; and hours of staging that have
 *     had their time
 * @param daily files that no table lists any more
 */
public record Chores(boolean crowded, boolean hourly, boolean daily) {

    public static final Chores NONE = new Chores(false, false, false);
    public static final Chores ALL = new Chores(true, true, true);

    /** What a merge makes due: it is the first that went beyond an hour, or a day, of arrival. */
    public static Chores after(MergeAccount merge, MergeConfig limits) {
        if (merge.cursorBefore() <= 0) {
            return NONE;
        }
        return new Chores(
                limits.isCompactionDue(merge.merge()),
                isFirstOf(merge, ChronoUnit.HOURS),
                isFirstOf(merge, ChronoUnit.DAYS));
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    private static boolean isFirstOf(MergeAccount merge, ChronoUnit unit) {
        return Instant.ofEpochMilli(merge.cursorBefore())
                .truncatedTo(unit)
                .isBefore(Instant.ofEpochMilli(merge.cursor()).truncatedTo(unit));
    }
}
