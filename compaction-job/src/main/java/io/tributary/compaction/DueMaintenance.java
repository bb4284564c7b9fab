package io.tributary.compaction;

import io.tributary.compaction.maintenance.MaintenanceTasks;
import io.tributary.config.MergeConfig;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.MergeMetadata;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The maintenance that merges made due. What becomes due while the background task is busy is done when it is free. */
final class DueMaintenance {

    private static final Logger LOG = LoggerFactory.getLogger(DueMaintenance.class);

    private final BackgroundTask background;
    private final BiConsumer<MaintenanceTasks, MergeWatermark> work;
    private MaintenanceTasks due = MaintenanceTasks.NONE;
    private MergeWatermark watermark = MergeWatermark.START;

    /**
     * @param background runs the work, and other work as well
     * @param work does tasks, given the merge watermark up to which it may
     */
    DueMaintenance(BackgroundTask background, BiConsumer<MaintenanceTasks, MergeWatermark> work) {
        this.background = background;
        this.work = work;
    }

    /** Adds what a merge made due. */
    void addAfter(MergeMetadata merge, MergeConfig limits) {
        add(MaintenanceTasks.after(merge, limits), MergeWatermark.of(merge));
    }

    /**
     * Adds to what is due.
     *
     * @param merged the merge watermark of the merge that made it due
     */
    void add(MaintenanceTasks tasks, MergeWatermark merged) {
        due = due.plus(tasks);
        watermark = merged;
    }

    /**
     * Begins what is due in the background, all at once, if nothing else runs there.
     *
     * @return whether it began
     */
    boolean begin() {
        if (due.isEmpty()) {
            return false;
        }
        if (background.isRunning()) {
            LOG.info("maintenance: put off until what runs in the background has ended");
            return false;
        }
        MaintenanceTasks tasks = due;
        MergeWatermark upTo = watermark;
        due = MaintenanceTasks.NONE;
        background.begin(() -> work.accept(tasks, upTo));
        return true;
    }
}
