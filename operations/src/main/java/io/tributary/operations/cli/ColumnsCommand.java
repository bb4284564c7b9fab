package io.tributary.operations.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tributary columns}: typed columns of events that are in the lake already. */
@Command(
        name = "columns",
        description = "Fills new and corrected columns for all events from their stored payloads.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "%nExamples:",
            "  tributary columns check --lake s3://bucket/lake --config pipeline.yaml --column amount",
            "  tributary columns fill --lake s3://bucket/lake --config pipeline.yaml --column amount --because \"ticket 12\"",
            "  tributary columns list --lake s3://bucket/lake"
        },
        subcommands = {HelpCommand.class, ColumnsCheckCommand.class, ColumnsFillCommand.class, ColumnsListCommand.class
        })
final class ColumnsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
