package io.tributary.compaction;

import io.tributary.operations.status.page.StatusPage;
import io.tributary.runtime.StepRunner;
import java.time.Duration;

/**
 * Writes the status page after merges, in the background, so that it delays no merge. A failure is logged and fails
 * nothing.
 */
final class PageWriter {

    private static final String STEP = "the status page";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final StatusPage page;
    private final BackgroundTask task = new BackgroundTask("status page");
    private final StepRunner steps = new StepRunner("merge");

    PageWriter(StatusPage page) {
        this.page = page;
    }

    /** Begins to write it, unless that goes on. */
    void begin() {
        if (!task.isRunning()) {
            steps.attempt(STEP, task::throwIfFailed);
            task.begin(page::write);
        }
    }

    /** Waits a moment for a page that is being written. */
    void await() throws InterruptedException {
        if (task.hasEndedWithin(TIMEOUT)) {
            steps.attempt(STEP, task::throwIfFailed);
        }
    }
}
