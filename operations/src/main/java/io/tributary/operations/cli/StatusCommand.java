package io.tributary.operations.cli;

import io.tributary.error.InvalidInputException;
import io.tributary.error.TributaryException;
import io.tributary.operations.status.ErrorBudget;
import io.tributary.operations.status.LakeTail;
import io.tributary.operations.status.LakeTailReader;
import io.tributary.operations.status.Objective;
import io.tributary.operations.status.PipelineStatus;
import io.tributary.operations.status.StatusJson;
import io.tributary.operations.status.StatusText;
import io.tributary.operations.status.Verdict;
import io.tributary.operations.status.page.StatusPage;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LocalRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary status}: how each data center and the lake do. */
@Command(
        name = "status",
        description =
                "Shows on one screen how each data center and the lake do. It reads the ends of the tables' logs, so"
                        + " it answers also while the jobs are down. ? stands for what is not known; docs/operating.md explains"
                        + " each column and state.",
        footer = {
            "%nExit code 3: an operator must act; the last but one line says why.",
            "%nExamples:",
            "  tributary status --lake s3://bucket/lake",
            "  tributary status --lake target/lake --watch 5",
            "  tributary status --lake target/lake --html status.html",
            "  tributary status --stage prod --json | jq '.data_centers.fra1.lag_seconds'"
        })
final class StatusCommand implements Callable<Integer> {

    private static final int SHUFFLE_PARTITIONS = 4;
    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

    private final Environment environment;

    @Mixin
    private LakeOptions lake;

    @Mixin
    private DataCentersOptions file;

    @Option(names = "--json", description = "Print JSON, in which null stands for what is not known.")
    private boolean isJson;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description =
                    "Write it to a file as a page for browsers as well, with charts and with what is counted in the"
                            + " tables, as the merge job does after each merge.")
    private Optional<Path> html = Optional.empty();

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            description = "Show it again every so many seconds, until Ctrl-C.")
    private OptionalInt watch = OptionalInt.empty();

    @Option(
            names = "--objective",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Within which time 99 %% of the records are to be queryable (default: ${DEFAULT-VALUE}).")
    private int objective;

    StatusCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (html.isPresent() && watch.isPresent()) {
            throw new InvalidInputException("--html writes a page once; leave out --watch.");
        }
        if (objective < 1 || watch.orElse(1) < 1) {
            throw new InvalidInputException("--objective and --watch are whole numbers of seconds, 1 or more.");
        }
        LakeTailReader reader = new LakeTailReader(lake.lake(environment), environment.hadoop(), environment.clock());
        Objective wanted = new Objective(Duration.ofSeconds(objective), Objective.DEFAULT.share());
        while (true) {
            LakeTail tail = reader.read();
            PipelineStatus status = listed(
                    PipelineStatus.of(tail, wanted, ErrorBudget.left(wanted, reader.sampleOfMonth(), tail.now())));
            String shown = isJson ? StatusJson.of(status) : StatusText.of(status);
            if (watch.isEmpty()) {
                html.ifPresent(file -> writePage(file, wanted));
                environment.out().print(shown);
                return Verdict.of(status).mustAct() ? ExitCode.OPERATOR_MUST_ACT : 0;
            }
            environment.out().print(isJson ? shown : CLEAR_SCREEN + shown);
            environment.out().flush();
            Thread.sleep(Duration.ofSeconds(watch.getAsInt()).toMillis());
        }
    }

    /** By the data-centers file, if one is named: it may be newer than what the stream has said last. */
    private PipelineStatus listed(PipelineStatus status) {
        if (!file.isNamed()) {
            return status;
        }
        try {
            return status.listing(file.file(environment).read().names());
        } catch (TributaryException e) {
            // Whoever may read the lake need not be allowed to read the file.
            environment.err().println("Whether somebody was just added or removed is not known: " + e.getMessage());
            return status;
        }
    }

    private void writePage(Path file, Objective wanted) {
        try (JobRuntime runtime = LocalRuntime.open("tributary-status", SHUFFLE_PARTITIONS)) {
            StatusPage page =
                    new StatusPage(runtime.spark(), lake.lake(environment), environment.hadoop(), environment.clock());
            Files.writeString(file, page.html(wanted));
            (isJson ? environment.err() : environment.out()).println("The page is written to " + file + ".");
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The page cannot be written to " + file + ": " + e + ". Name a file in a folder that exists.", e);
        }
    }
}
