package io.tributary.lab.command;

import io.tributary.error.InvalidInputException;
import io.tributary.error.TributaryException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** How every command of the lab begins and ends. */
public final class LabCommand {

    private LabCommand() {}

    /**
     * Runs a command.
     *
     * @param command has picocli's annotations, does the work, and tells whether the verdict is the one that was hoped
     *     for
     * @param out takes the help
     * @param err takes the message of a failure
     * @return the exit code: 0 and 1 by the verdict, 1 for a failure of the lab's own, else the failure's
     */
    public static int run(Callable<Boolean> command, PrintStream out, PrintStream err, String... arguments) {
        try {
            return isHelp(command, out, arguments) || command.call() ? 0 : 1;
        } catch (TributaryException e) {
            err.println(e.getMessage());
            return e.exitCode();
        } catch (IllegalStateException e) {
            // The lab's own failures, which say in words what happened.
            err.println(e.getMessage());
            return 1;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isHelp(Object command, PrintStream out, String... arguments) {
        CommandLine commandLine = commandLine(command);
        boolean isAsked = parse(commandLine, arguments).isUsageHelpRequested();
        if (isAsked) {
            commandLine.usage(out);
        }
        return isAsked;
    }

    /**
     * Fills a command's options.
     *
     * @throws InvalidInputException with everything that is wrong with the arguments
     */
    static <C> C parse(C command, String... arguments) {
        parse(commandLine(command), arguments);
        return command;
    }

    private static CommandLine commandLine(Object command) {
        CommandLine commandLine = new CommandLine(command).setUnmatchedOptionsAllowedAsOptionParameters(false);
        CommandSpec spec = commandLine.getCommandSpec();
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("This text.")
                .build());
        spec.parser().collectErrors(true);
        spec.usageMessage().sortOptions(false);
        return commandLine;
    }

    private static ParseResult parse(CommandLine commandLine, String... arguments) {
        ParseResult parsed = commandLine.parseArgs(arguments);
        if (!parsed.isUsageHelpRequested() && !parsed.errors().isEmpty()) {
            throw new InvalidInputException(parsed.errors().stream()
                    .map(Exception::getMessage)
                    .collect(Collectors.joining(
                            "\n  ",
                            "The options cannot be used:\n  ",
                            "\n" + commandLine.getCommandName() + " --help lists them.")));
        }
        return parsed;
    }
}
