package io.tributary.runtime;

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
        try {
            work.run();
            return 0;
        } catch (TributaryException e) {
            LOG.error("{}: {}", job, e.getMessage(), e.getCause());
            return e.exitCode();
        } catch (Throwable e) { // An error as well must end the process, whatever threads still run.
            LOG.error("{}: failed for a reason that it does not know; this is a defect", job, e);
            return 1;
        }
    }
}
