package io.tributary.runtime;

import io.tributary.error.InvalidInputException;
import io.tributary.error.OperatorActionException;
import io.tributary.error.TributaryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps of a job, each whatever became of the others. All failures are thrown together at the end.
 *
 * <p>A job that repeats runs its steps in rounds. A failure is forgotten once its step succeeds. A lasting failure is
 * logged at growing intervals. Not thread-safe.
 */
public final class StepRunner {

    private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

    private static final int MAX_SKIPPED_ROUNDS = 63;

    private final String job;
    private final Map<String, Failing> failing = new LinkedHashMap<>();

    private static final class Failing {

        private int times;
        private int skippedRounds;
        private Throwable last;
    }

    /** @param job the name that log lines begin with */
    public StepRunner(String job) {
        this.job = job;
    }

    /**
     * Runs a step. Everything that it throws is kept, since Spark throws checked exceptions that its Java signatures do
     * not declare, and Hadoop throws some disk failures as an {@code Error}.
     *
     * @return whether it succeeded
     */
    public boolean attempt(String step, JobExit.Work work) {
        try {
            work.run();
            Failing before = failing.remove(step);
            if (before != null) {
                LOG.info("{}: {} succeeds again, after {} failures", job, step, before.times);
            }
            return true;
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            fail(step, e);
            return false;
        }
    }

    /** Like {@link #attempt}, but a step that failed n times in a row is skipped for 2ⁿ⁻¹ - 1 rounds, 63 at most. */
    public boolean attemptAtGrowingIntervals(String step, JobExit.Work work) {
        Failing before = failing.get(step);
        if (before != null && before.skippedRounds > 0) {
            before.skippedRounds--;
            return false;
        }
        return attempt(step, work);
    }

    private void fail(String step, Throwable failure) {
        Failing now = failing.computeIfAbsent(step, name -> new Failing());
        now.times++;
        now.last = failure;
        now.skippedRounds = Math.min(MAX_SKIPPED_ROUNDS, (1 << Math.min(now.times - 1, 30)) - 1);
        boolean isTold = Integer.bitCount(now.times) == 1;
        if (isTold && !ShutdownHookManager.get().isShutdownInProgress()) {
            LOG.error(
                    "{}: {} failed{}: {}. The other steps go on.",
                    job,
                    step,
                    now.times == 1 ? "" : " " + now.times + " times in a row",
                    describe(failure),
                    now.times == 1 && JobExit.known(failure).isEmpty() ? failure : null);
        }
    }

    /** How often a step failed since it last succeeded. */
    public int failuresInARow(String step) {
        return failing.containsKey(step) ? failing.get(step).times : 0;
    }

    /** How many steps failed at their last run. */
    public int failed() {
        return failing.size();
    }

    /**
     * Throws if steps failed; does nothing otherwise. A defect takes precedence over failures that somebody can act on,
     * so that they do not hide it.
     */
    public void throwIfAnyFailed() {
        List<Throwable> failures =
                failing.values().stream().map(step -> step.last).toList();
        if (failures.isEmpty()) {
            return;
        }
        if (failures.size() == 1) {
            throw unchecked(failures.get(0), describe(failures.get(0)));
        }
        String words = failing.entrySet().stream()
                .map(step -> step.getKey() + ": " + describe(step.getValue().last))
                .collect(Collectors.joining("; "));
        throw together(failures, failures.size() + " steps failed: " + words);
    }

    private static RuntimeException together(List<Throwable> failures, String words) {
        List<Throwable> others = new ArrayList<>(failures);
        Throwable first = failures.stream()
                .filter(failure -> JobExit.known(failure).isEmpty())
                .findFirst()
                .orElse(failures.get(0));
        others.removeIf(other -> other == first);
        others.forEach(first::addSuppressed);
        if (JobExit.known(first).isEmpty()) {
            return new IllegalStateException(words, first);
        }
        return failures.stream()
                        .allMatch(failure -> JobExit.known(failure).orElseThrow() instanceof InvalidInputException)
                ? new InvalidInputException(words, first)
                : new OperatorActionException(words, first);
    }

    private static RuntimeException unchecked(Throwable failure, String words) {
        Optional<TributaryException> known = JobExit.known(failure);
        if (known.isPresent()) {
            return known.get();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(words, failure);
    }

    private static String describe(Throwable failure) {
        return JobExit.known(failure)
                .map(Throwable::getMessage)
                .orElseGet(() -> failure.toString().lines().findFirst().orElse(""));
    }
}
