package io.tributary.operations.cli;

import io.tributary.operations.columns.ColumnOutcomes;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary columns check}. */
@Command(
        name = "check",
        description =
                "Says what columns of the configuration would hold of the last day's events, by their stored payloads."
                        + " Nothing is written.",
        footer = {
            "%nExample:",
            "  tributary columns check --lake s3://bucket/lake --config pipeline.yaml --column amount"
        })
final class ColumnsCheckCommand implements Callable<Integer> {

    private final Environment environment;

    @Mixin
    private ColumnTrialOptions options;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "A column; may be given again. Absent: all that are taken from the value.")
    private List<String> columns = List.of();

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    ColumnsCheckCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        ColumnOutcomes outcomes = options.trial(environment, options.columns(environment, columns));
        if (json) {
            environment.out().println(outcomes.json().toPrettyString());
        } else {
            outcomes.words().forEach(environment.out()::println);
            environment.out().println("next: tributary columns fill --column NAME --because TEXT");
        }
        return ExitCode.FINE;
    }
}
