package io.tributary.compaction;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one task at a time in a background thread. A task that is started while another runs is skipped. */
final class BackgroundTask {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundTask.class);

    private final String name;
    private Optional<Thread> thread = Optional.empty();
    private volatile Throwable failure;

    BackgroundTask(String name) {
        this.name = name;
    }

    boolean isRunning() {
        return thread.filter(Thread::isAlive).isPresent();
    }

    /** Starts the task, unless the previous one still runs. */
    void begin(Runnable work) {
        if (isRunning()) {
            LOG.info("{}: skipped, since the previous one still runs", name);
            return;
        }
        Thread next = new Thread(() -> guarded(work), name);
        next.setDaemon(true);
        next.start();
        thread = Optional.of(next);
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) { // Spark throws checked exceptions that its Java signatures do not declare.
            failure = e;
        }
    }

    /**
     * Waits for the task, if one runs. {@link #throwIfFailed} reports whether it failed.
     *
     * @return whether it has ended
     */
    boolean hasEndedWithin(Duration timeout) throws InterruptedException {
        if (thread.isPresent()) {
            thread.get().join(timeout.toMillis());
        }
        return thread.filter(Thread::isAlive).isEmpty();
    }

    /** Throws the failure of the task, once. */
    void throwIfFailed() {
        Throwable found = failure;
        failure = null;
        if (found != null) {
            throw new IllegalStateException(
                    name + " failed: " + found.getMessage() + ". Nothing is lost; the next run does what is left.",
                    found);
        }
    }
}
