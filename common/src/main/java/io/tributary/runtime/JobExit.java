package io.tributary.runtime;

import io.tributary.error.Failures;
import io.tributary.error.TributaryException;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the end of a job into an exit code: 0 done, 2 an input must be fixed, 3 an operator must act, 1 a defect. */
public final class JobExit {

    private static final Logger LOG = LoggerFactory.getLogger(JobExit.class);

    private JobExit() {}

    /** A job's work, which may fail in any way. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Runs the work and logs what ended it. */
    public static int of(String job, Work work) {
        return code(job, failure(work));
    }

    /**
     * Runs the work and ends the process. Locally it ends with an exit code. On Glue it returns or throws the failure,
     * because Glue treats every exit as a failure without a message, but shows the message of an exception in its
     * console.
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

    /** What ended the work, explained if somebody can act on it; null if nothing did. */
    private static Throwable failure(Work work) {
        try {
            work.run();
            return null;
        } catch (Throwable e) { // An error as well must end the process, whatever threads still run.
            return known(e).<Throwable>map(failure -> failure).orElse(e);
        }
    }

    /**
     * The failure that somebody can act on, among a failure and its causes; empty if it is a defect, as far as is
     * known.
     *
     * <p>Spark wraps what was thrown in its threads, so the outermost failure alone is not enough.
     */
    public static Optional<TributaryException> known(Throwable failure) {
        return StorageFailures.causes(failure)
                .filter(TributaryException.class::isInstance)
                .map(TributaryException.class::cast)
                .findFirst()
                .or(() -> StorageFailures.explain(failure));
    }

    private static int code(String job, Throwable failure) {
        if (failure == null) {
            return 0;
        }
        if (ShutdownHookManager.get().isShutdownInProgress()) {
            // At a signal Spark stops while the work still runs. What then fails is not a failure of the job.
            LOG.info("{}: stopped by a signal; what was not committed is done by the next start", job);
        } else if (failure instanceof TributaryException known) {
            LOG.error("{}: {}{}", job, known.getMessage(), cause(known));
            LOG.debug("{}: in full", job, known);
        } else {
            LOG.error("{}: failed for a reason that it does not know; this is a defect", job, failure);
        }
        return failure instanceof TributaryException known ? known.exitCode() : 1;
    }

    /** The cause in one line; empty if the message already has it. */
    private static String cause(TributaryException known) {
        String cause = known.getCause() == null ? "" : Failures.rootLine(known.getCause());
        return cause.isEmpty() || known.getMessage().contains(cause) ? "" : " Cause: " + cause;
    }
}
