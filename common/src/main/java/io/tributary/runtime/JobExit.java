package io.tributary.runtime;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the end of a job into an exit code: 0, 2 for an input to fix, 3 for an operator to act, 1 for a bug. */
public final class JobExit {

    private static final Logger LOG = LoggerFactory.getLogger(JobExit.class);

    private JobExit() {}

    /** A job's work, which may fail in any way. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Runs the work and says in the log what ended it. */
    public static int of(String job, Work work) {
        return code(job, failure(work));
    }

    /**
     * Runs the work and ends the process as it is wanted here: with an exit code, or on Glue, which takes every exit for
     * a failure without words, by returning or with the failure itself, whose message the console then shows.
     *
     * @param exit ends the process with a code
     */
    public static void end(String job, Work work, IntConsumer exit) throws Exception {
        Throwable failure = failure(work);
        int code = code(job, failure);
        if (!GlueRuntime.isHere()) {
            exit.accept(code);
        } else if (failure instanceof Error error) {
            throw error;
        } else if (failure != null) {
            throw (Exception) failure;
        }
    }

    /** What ended the work; null if nothing did. */
    private static Throwable failure(Work work) {
        try {
            work.run();
            return null;
        } catch (Throwable e) { // An error as well must end the process, whatever threads still run.
            return e;
        }
    }

    private static int code(String job, Throwable failure) {
        if (failure == null) {
            return 0;
        }
        if (failure instanceof TributaryException known) {
            LOG.error("{}: {}", job, known.getMessage(), known.getCause());
            return known.exitCode();
        }
        LOG.error("{}: failed for a reason that it does not know; this is a defect", job, failure);
        return 1;
    }
}
