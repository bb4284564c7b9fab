package io.tributary.ingest;

import io.tributary.runtime.TributaryException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the query running: starts it again after a failure, with growing pauses, and gives up when it fails time after
 * time without one batch in between. Failures that somebody must act on end the job at once.
 */
final class Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final int ATTEMPTS = 8;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(30);

    /** Starts the query from what the lake's log says now. */
    @FunctionalInterface
    interface Start {
        StreamingQuery start() throws TimeoutException;
    }

    /** Waits before the next attempt. */
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    private final Start start;
    private final Predicate<Throwable> deferred;
    private final Pause pauses;

    /**
     * @param deferred takes what a failed query could not read out of its batch; false if that is not the matter or
     *     changes nothing
     */
    Supervisor(Start start, Predicate<Throwable> deferred, Pause pauses) {
        this.start = start;
        this.deferred = deferred;
        this.pauses = pauses;
    }

    /** Returns when the query was stopped from outside; throws when it cannot be kept running. */
    void run() throws StreamingQueryException, TimeoutException, InterruptedException {
        int failures = 0;
        Duration pause = FIRST_PAUSE;
        while (true) {
            StreamingQuery query = start.start();
            try {
                query.awaitTermination();
                return;
            } catch (StreamingQueryException e) {
                // Trouble of one data centre is asked for first: whatever is behind it, the others go on.
                if (deferred.test(e)) {
                    continue;
                }
                throwIfSomebodyMustAct(e);
                boolean progressed = query.lastProgress() != null;
                failures = progressed ? 1 : failures + 1;
                pause = progressed ? FIRST_PAUSE : pause;
                if (failures >= ATTEMPTS) {
                    throw e;
                }
                LOG.warn("ingest: the query failed and starts again in {}: {}", pause, rootMessage(e), e);
                pauses.of(pause);
                pause = pause.multipliedBy(2).compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
            }
        }
    }

    private static void throwIfSomebodyMustAct(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TributaryException known) {
                throw known;
            }
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
