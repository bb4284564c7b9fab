package io.tributary.operations.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tributary completion}: the script by which bash and zsh complete commands and options. */
@Command(
        name = "completion",
        description = "Prints the script by which bash and zsh complete commands and options.",
        footer = {
            "%nExample, also for ~/.bashrc or ~/.zshrc:",
            "  export PATH=\"$PATH:/path/of/the/project/scripts\"",
            "  source <(tributary completion)"
        })
final class CompletionCommand implements Callable<Integer> {

    private final Environment environment;

    @Spec
    private CommandSpec spec;

    CompletionCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        environment.out().print(AutoComplete.bash("tributary", spec.root().commandLine()));
        environment.out().print('\n');
        return 0;
    }
}
