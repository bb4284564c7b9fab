package io.tributary.operations.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tributary mapping}: from records to events. */
@Command(
        name = "mapping",
        description = "Tries how a configuration maps records to events, before it is deployed.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "%nExample:",
            "  tributary mapping try sample.jsonl --config pipeline.yaml",
            "docs/mapping.md shows by example what to write."
        },
        subcommands = {HelpCommand.class, MappingTryCommand.class})
final class MappingCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
