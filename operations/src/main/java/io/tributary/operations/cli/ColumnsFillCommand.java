package io.tributary.operations.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.error.InvalidInputException;
import io.tributary.lake.fill.ColumnFills;
import io.tributary.lake.fill.ColumnFills.Fill;
import io.tributary.lake.fill.FillOrder;
import io.tributary.operations.columns.FillableColumns;
import io.tributary.runtime.HadoopFiles;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary columns fill}. */
@Command(
        name = "fill",
        description = {
            "Orders the merge job to fill columns of all events from their stored payloads. It shows what they would hold of"
                    + " the last day, asks, and records the order. Ids, lineage and counts of events do not change.",
            "Until all events have them, the view does not show these columns. Order it before the configuration with the"
                    + " new or corrected column is deployed; the merge job waits for that, and for the first batch of the stream that"
                    + " has it."
        },
        footer = {
            "%nExamples:",
            "  tributary columns fill --lake s3://bucket/lake --config pipeline.yaml --column amount --because \"ticket 12\"",
            "  tributary columns fill --lake s3://bucket/lake --cancel 1 --because \"wrong place\""
        })
final class ColumnsFillCommand implements Callable<Integer> {

    private final Environment environment;

    @Mixin
    private ColumnTrialOptions options;

    @Mixin
    private AuthorOptions author;

    @ArgGroup(multiplicity = "1")
    private What what;

    /** What is asked for. */
    static final class What {

        @Option(names = "--column", paramLabel = "NAME", description = "A column to fill; may be given again.")
        private List<String> columns = List.of();

        @Option(
                names = "--cancel",
                paramLabel = "NUMBER",
                description = "Give a fill up. The view shows its columns again, filled in part.")
        private Optional<Long> cancel = Optional.empty();
    }

    @Option(names = "--yes", description = "Do it without a question.")
    private boolean yes;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    ColumnsFillCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        ColumnFills fills = new ColumnFills(options.lake().lake(environment), new HadoopFiles(environment.hadoop()));
        return what.cancel.isPresent() ? cancel(fills, what.cancel.get()) : order(fills);
    }

    private int order(ColumnFills fills) throws Exception {
        FillableColumns columns = options.columns(environment, what.columns);
        options.requireDataCenters(columns);
        FillOrder order = columns.order(
                fills.all(), environment.clock().instant(), author.by(), author.requireReason("columns fill"));
        PrintStream talk = json ? environment.err() : environment.out();
        options.trial(environment, columns).words().forEach(talk::println);
        talk.println("the view will not show them until they are filled for all events");
        if (!Confirmation.isGiven(environment, talk, yes, "fill them?")) {
            answer(OptionalLong.empty(), "nothing was written; to do it: the same with --yes");
            return ExitCode.INPUT_MUST_BE_CORRECTED;
        }
        long number = fills.add(order).number();
        answer(OptionalLong.of(number), "recorded as fill " + number + "; next: tributary columns list");
        return ExitCode.FINE;
    }

    private int cancel(ColumnFills fills, long number) {
        Fill fill = fills.all().stream()
                .filter(one -> one.order().number() == number)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "There is no fill " + number + ". Type tributary columns list to see those of the lake."));
        String because = author.requireReason("columns fill --cancel");
        if (!fill.isOpen()) {
            answer(OptionalLong.empty(), "fill " + number + " has ended; next: tributary columns list");
            return ExitCode.FINE;
        }
        PrintStream talk = json ? environment.err() : environment.out();
        talk.println("the view will show "
                + String.join(", ", fill.order().columns().keySet()) + " again, filled for a part of the events");
        if (!Confirmation.isGiven(environment, talk, yes, "give it up?")) {
            answer(OptionalLong.empty(), "nothing was written; to do it: the same with --yes");
            return ExitCode.INPUT_MUST_BE_CORRECTED;
        }
        fills.cancel(number, environment.clock().instant(), author.by(), because);
        answer(OptionalLong.of(number), "fill " + number + " is canceled; next: tributary columns list");
        return ExitCode.FINE;
    }

    private void answer(OptionalLong fill, String last) {
        if (!json) {
            environment.out().println(last);
            return;
        }
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        fill.ifPresent(number -> root.put("fill", number));
        environment.out().println(root.put("next", last).toPrettyString());
    }
}
