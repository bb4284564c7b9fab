package io.tributary.compaction;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread for work beside the main one: one piece at a time, and what is asked for meanwhile is left out. */
final class BackgroundTask {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundTask.class);

    private final String name;
    private Optional<Thread> thread = Optional.empty();
    private volatile Throwable failure;

    BackgroundTask(String name) {
        this.name = name;
    }

    /** Begins the work, unless what was begun before still goes on. */
    void begin(Runnable work) {
        if (thread.filter(Thread::isAlive).isPresent()) {
            LOG.info("{}: left to a later look, since the one before goes on", name);
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
     * Waits for the work, if there is any; whether it failed, {@link #throwIfFailed} says.
     *
     * @return whether it has ended
     */
    boolean hasEndedWithin(Duration timeout) throws InterruptedException {
        if (thread.isPresent()) {
            thread.get().join(timeout.toMillis());
        }
        return thread.filter(Thread::isAlive).isEmpty();
    }

    /** Tells of a failure once. */
    void throwIfFailed() {
        Throwable found = failure;
        failure = null;
        if (found != null) {
            throw new IllegalStateException(
                    name + " failed: " + found.getMessage() + ". Nothing is lost; the next look does what is left.",
                    found);
        }
    }
}
