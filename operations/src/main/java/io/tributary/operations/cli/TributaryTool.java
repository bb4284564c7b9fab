package io.tributary.operations.cli;

import io.tributary.error.TributaryException;
import io.tributary.runtime.HadoopSettings;
import io.tributary.runtime.JobExit;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The operator's command line, {@code tributary COMMAND}. It reads the lake's Delta logs, so it answers also when the
 * jobs are down.
 *
 * <p>Exit code 0: fine; 2: an input must be corrected; 3: an operator must act; 1: a defect.
 */
@Command(
        name = "tributary",
        description =
                "Shows and changes what the pipeline does. Each command explains itself: tributary COMMAND --help",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "2:an input must be corrected", "3:an operator must act"},
        subcommands = {
            HelpCommand.class,
            AuditCommand.class,
            SqlCommand.class,
            StatusCommand.class,
            LogCommand.class,
            WaitCommand.class,
            CompletenessCommand.class,
            DataCenterCommand.class,
            QuarantineCommand.class,
            ReplayCommand.class,
            BackfillCommand.class,
            MappingCommand.class,
            ColumnsCommand.class,
            S3Command.class,
            EraseCommand.class,
            CompletionCommand.class
        })
public final class TributaryTool implements Runnable {

    @Spec
    private CommandSpec spec;

    TributaryTool() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new TypedNext(System.out, System.getenv()), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        Terminal terminal = System.getenv(Terminal.VARIABLE) == null ? Terminal.NONE : Terminal.of(System.in, err);
        Environment environment = new Environment(HadoopSettings.ofProcess(), Clock.systemUTC(), out, err, terminal);
        System.exit(commandLine(environment).execute(arguments));
    }

    /** The command with all its subcommands. */
    public static CommandLine commandLine(Environment environment) {
        CommandLine tool = new CommandLine(new TributaryTool(), new EnvironmentFactory(environment));
        addHelp(tool);
        return tool.setOut(new PrintWriter(environment.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(environment.err(), true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(TributaryTool::exitCode);
    }

    /** Each command explains itself by {@code --help} too. */
    private static void addHelp(CommandLine command) {
        if (!(command.getCommand() instanceof HelpCommand)) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Show this help and do nothing else.")
                            .build());
            command.getSubcommands().values().forEach(TributaryTool::addHelp);
        }
    }

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }

    private static int exitCode(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        Optional<TributaryException> known = JobExit.known(failure);
        if (known.isEmpty()) {
            throw failure;
        }
        command.getErr().println(known.get().getMessage());
        return known.get().exitCode();
    }
}
