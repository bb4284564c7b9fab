package io.tributary.ingest.recovery;

import io.tributary.error.Backoff;
import io.tributary.error.Failures;
import io.tributary.error.OperatorActionException;
import io.tributary.error.TributaryException;
import io.tributary.ingest.write.CommitConflictException;
import io.tributary.runtime.StorageFailures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the query running.
 *
 * <pre>
 *  a range of a batch that is in the lake ──► the recovery decides
 *  another driver committed, once ──────────► restart at once, from the log; a second time soon after: the job ends
 *  somebody must act ───────────────────────► the job ends
 *  storage ─────────────────────────────────► restart, with growing backoff ─┐
 *  anything else ───────────────────────────► the same; after a few starts    ├─► the job ends after {@value #MAX_ATTEMPTS}
 *                                             in a row without a batch the    │   starts in a row without one batch
 *                                             checkpoint is abandoned, once ─┘
 * </pre>
 *
 * <p>A failure is judged by its content and not by its declared class, since Scala throws checked exceptions that no
 * signature declares.
 */
public final class Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final int MAX_ATTEMPTS = 8;

    /** After so many failures in a row the checkpoint is assumed to be the cause. */
    private static final int MAX_ATTEMPTS_ON_CHECKPOINT = 3;

    private static final Backoff RESTART_BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    /**
     * Two active drivers on one lake conflict again within this time; a late commit of a driver that has ended does
     * not.
     */
    private static final Duration CONFLICT_WINDOW = Duration.ofMinutes(10);

    /** How long a stop waits for the current batch to end. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    /** Starts the query where the lake's log ends now. */
    @FunctionalInterface
    public interface Start {
        StreamingQuery start() throws TimeoutException;
    }

    /** Decides, while no query runs, how a failed one can continue. */
    @FunctionalInterface
    public interface Recovery {

        /** False if the failure is unknown to it, or if a plain restart may help. */
        boolean resolve(Throwable failure);

        /** Abandons the checkpoint that the query ran on; false if there is none. */
        default boolean giveUpCheckpoint(Throwable failure) {
            return false;
        }
    }

    /** Waits before the next attempt. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    private final Start start;
    private final Recovery recovery;
    private final Pause pauses;
    private final Clock clock;
    private final Runnable whenEnded;
    private final RepeatedFailures told = new RepeatedFailures();
    private Instant overtaken = Instant.MIN;
    private int failures;
    private volatile boolean isStopped;
    private volatile StreamingQuery running;

    public Supervisor(Start start, Recovery recovery, Pause pauses) {
        this(start, recovery, pauses, Clock.systemUTC());
    }

    public Supervisor(Start start, Recovery recovery, Pause pauses, Clock clock) {
        this(start, recovery, pauses, clock, () -> {});
    }

    /** @param whenEnded is run once no query runs any more and none is started, perhaps twice */
    public Supervisor(Start start, Recovery recovery, Pause pauses, Clock clock, Runnable whenEnded) {
        this.start = start;
        this.recovery = recovery;
        this.pauses = pauses;
        this.clock = clock;
        this.whenEnded = whenEnded;
    }

    /** Returns when the query was stopped; throws when it cannot be kept running. */
    public void run() throws Exception {
        try {
            supervise();
        } finally {
            whenEnded.run();
        }
    }

    private void supervise() throws Exception {
        while (!isStopped) {
            try {
                running = start.start();
                if (isStopped) {
                    // It came too late for stop() to see it.
                    running.stop();
                }
                running.awaitTermination();
                return;
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    throw e;
                }
                if (!isStopped) {
                    recover(e, running != null && running.lastProgress() != null);
                }
            } finally {
                running = null;
            }
        }
    }

    /** Waits a while for the current batch, and stops the query; {@link #run} then returns. */
    public void stop() {
        isStopped = true;
        StreamingQuery query = running;
        long deadline = clock.millis() + STOP_TIMEOUT.toMillis();
        try {
            while (query != null && query.isActive() && query.status().isTriggerActive() && clock.millis() < deadline) {
                pauses.of(Duration.ofMillis(100));
            }
            if (query != null) {
                query.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.debug("ingest: the query did not stop in time", e);
        }
        // The process may end before run() gets to it.
        whenEnded.run();
    }

    /** Returns if the query is to be restarted. */
    private void recover(Exception failure, boolean progressed) throws Exception {
        // Trouble of one data center is checked first: whatever caused it, the other data centers go on.
        if (recovery.resolve(failure)) {
            return;
        }
        Optional<CommitConflictException> byAnother = Failures.find(failure, CommitConflictException.class);
        if (byAnother.isPresent()) {
            continueAfter(byAnother.get());
            return;
        }
        Optional<OperatorActionException> storage = StorageFailures.explain(failure);
        Optional<TributaryException> known = Failures.find(failure, TributaryException.class);
        if (known.isPresent() && storage.isEmpty()) {
            throw known.get();
        }
        failures = progressed ? 1 : failures + 1;
        if (failures >= MAX_ATTEMPTS_ON_CHECKPOINT && storage.isEmpty() && recovery.giveUpCheckpoint(failure)) {
            failures = 0;
            return;
        }
        if (failures >= MAX_ATTEMPTS) {
            throw storage.<Exception>map(explained -> explained).orElse(failure);
        }
        Duration backoff = RESTART_BACKOFF.after(failures);
        tell(failure, backoff);
        pauses.of(backoff);
    }

    private void continueAfter(CommitConflictException failure) {
        Instant now = clock.instant();
        if (overtaken.isAfter(now.minus(CONFLICT_WINDOW))) {
            throw new OperatorActionException(failure.getMessage()
                    + ". It is not the first time: a second streaming job writes to this lake. Stop one of them; the"
                    + " one that goes on resumes from the log, and nothing is lost.");
        }
        overtaken = now;
        LOG.warn(
                "ingest: {}. It may be the last commit of a driver that has ended; the query starts again where the"
                        + " lake's log ends.",
                failure.getMessage());
    }

    private void tell(Exception failure, Duration backoff) {
        String line = Failures.rootLine(failure);
        told.count(line)
                .ifPresent(count -> LOG.warn(
                        "ingest: the query failed and starts again in {}{}: {}",
                        backoff,
                        count == 1 ? "" : " (" + count + " times so far)",
                        line));
        LOG.debug("ingest: the failure in full", failure);
    }
}
