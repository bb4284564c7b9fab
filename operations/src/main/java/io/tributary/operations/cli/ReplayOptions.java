package io.tributary.operations.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.ingest.recovery.StartPosition;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.StagingLog;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.operations.replay.ReplayOutcome;
import io.tributary.operations.replay.ReplayWriter;
import io.tributary.operations.text.Words;
import io.tributary.schema.Lake;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import picocli.CommandLine.Option;

/** How a replay is asked for, and how its outcome is waited for. */
final class ReplayOptions {

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    @Option(names = "--because", required = true, paramLabel = "TEXT", description = "Why. It is recorded.")
    private String because;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who (default: the user of this process). It is recorded.")
    private String by = System.getProperty("user.name");

    @Option(names = "--yes", description = "Do it without a question.")
    private boolean yes;

    @Option(names = "--no-wait", description = "Do not wait until the stream has read it.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "10m",
            converter = DurationOption.Any.class,
            description = "How long to wait for the stream at most (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    /** Where what is no answer in JSON goes. */
    PrintStream talk(Environment environment) {
        return json ? environment.err() : environment.out();
    }

    boolean isWanted(Environment environment) {
        return Confirmation.isGiven(environment, talk(environment), yes, "replay?");
    }

    /** Who asks, and up to which version the staging table is written. */
    ReplayWriter.Author author(Environment environment, CommitLog staging) {
        if (!AuthorOptions.hasWords(because)) {
            throw new InvalidInputException("Why? Say it with --because; it is recorded.");
        }
        return new ReplayWriter.Author(
                environment.clock().instant(), by, Optional.of(because), staging.newestVersion());
    }

    /**
     * A stream that still runs with other rules would decode the records by those.
     *
     * @throws InvalidInputException if the newest batch was read by another identity or time than the configuration
     *     says
     */
    static void requireSameRules(CommitLog staging, PipelineConfig config) {
        SortedMap<String, String> here =
                StartPosition.mapping(config.event(), config.dedup().scope());
        new StagingLog(staging)
                .newest()
                .map(newest -> newest.state().mapping())
                .filter(there -> !there.isEmpty() && !there.equals(here))
                .ifPresent(there -> {
                    throw new InvalidInputException("The stream read its newest batch with " + there
                            + ", and this configuration says " + here
                            + ". Start the streaming job with the configuration that is meant, name it with --config, and"
                            + " repeat the command.");
                });
    }

    /** Says that nothing was asked for. */
    int notDone(Environment environment, ObjectNode answer) {
        answer.put("requested", false);
        end(environment, answer, "nothing was requested; to do it: the same with --yes");
        return ExitCode.INPUT_MUST_BE_CORRECTED;
    }

    /** Says what was asked for, and waits for the outcome. */
    int carryOut(Environment environment, Lake lake, ReplayRequest request, CommitLog staging, ObjectNode answer)
            throws InterruptedException {
        talk(environment)
                .println("requested as " + request.id()
                        + "; the stream reads it at its next triggers, beside what Kafka" + " delivers");
        answer.put("requested", true).put("id", request.id());
        ReplayOutcome outcome = waitFor(environment, request, staging);
        answer.setAll(outcome.json());
        talk(environment).println(outcome.words());
        if (outcome.state() == ReplayOutcome.State.DONE) {
            end(environment, answer, "next: tributary quarantine list");
            return ExitCode.FINE;
        }
        if (noWait) {
            end(environment, answer, "next: tributary quarantine list, which says what came of it");
            return ExitCode.FINE;
        }
        end(
                environment,
                answer,
                "The stream has not read all of it within " + Words.duration(timeout)
                        + ", and goes on when it runs. next: tributary" + " status --lake " + lake.root());
        return ExitCode.OPERATOR_MUST_ACT;
    }

    private ReplayOutcome waitFor(Environment environment, ReplayRequest request, CommitLog staging)
            throws InterruptedException {
        Instant end = environment.clock().instant().plus(noWait ? Duration.ZERO : timeout);
        while (true) {
            ReplayOutcome outcome = ReplayOutcome.of(request, staging);
            if (outcome.state() == ReplayOutcome.State.DONE
                    || !environment.clock().instant().isBefore(end)) {
                return outcome;
            }
            Thread.sleep(POLL_INTERVAL.toMillis());
        }
    }

    void end(Environment environment, ObjectNode answer, String last) {
        environment.out().println(json ? answer.put("next", last).toPrettyString() : last);
    }
}
