package io.tributary.operations.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tributary quarantine}: records that were refused. */
@Command(
        name = "quarantine",
        description =
                "Shows the records that were refused, and replays them: the stream decodes them again with today's"
                        + " configuration, and stages what is an event now, exactly once and with its old coordinates.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "%nExamples:",
            "  tributary quarantine list --lake s3://bucket/lake",
            "  tributary quarantine show --data-center fra1 --reason invalid_event_time",
            "  tributary quarantine replay --data-center fra1 --reason invalid_event_time --because \"time_format was"
                    + " mended\"",
            "docs/operating.md tells each command's story."
        },
        subcommands = {
            HelpCommand.class,
            QuarantineListCommand.class,
            QuarantineShowCommand.class,
            QuarantineReplayCommand.class
        })
final class QuarantineCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
