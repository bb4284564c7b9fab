package io.tributary.operations.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tributary dc}: the data centers. */
@Command(
        name = "dc",
        description =
                "Shows, checks and changes the data centers. An edit is checked as the stream will check it, shown,"
                        + " and recorded with who, when and why.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "%nExamples:",
            "  export TRIBUTARY_DATA_CENTERS=s3://bucket/config/data-centers.yaml",
            "  tributary dc list",
            "  tributary dc pause fra1 --until 4h --because \"broker upgrade\"",
            "docs/operating.md tells each command's story."
        },
        subcommands = {
            HelpCommand.class,
            DataCenterListCommand.class,
            DataCenterCheckCommand.class,
            DataCenterAddCommand.class,
            DataCenterPauseCommand.class,
            DataCenterResumeCommand.class,
            DataCenterDrainCommand.class,
            DataCenterRemoveCommand.class,
            DataCenterExplainCommand.class
        })
final class DataCenterCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
