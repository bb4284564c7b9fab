package io.tributary.lab.command;

import io.tributary.lab.command.OptionValues.WholeNumber;
import io.tributary.lab.concurrentwriters.ConcurrentWritersComparison;
import io.tributary.lab.process.ProjectRoot;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/race}. */
@Command(
        name = "scripts/race",
        description = "Lets two drivers append to one Delta table on S3, through Delta's default log store and through"
                + " Tributary's, and prints the commits that each lost. Exit code 1 if Tributary's lost any.",
        footer = "%nExample: scripts/race --seconds 600")
public final class RaceCommand implements Callable<Boolean> {

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "30",
            converter = Seconds.class,
            description = "How long, for each log store (${DEFAULT-VALUE}).")
    private int seconds;

    /** A number of seconds. */
    static final class Seconds extends WholeNumber {
        Seconds() {
            super(1, 99_999);
        }
    }

    public static void main(String[] arguments) {
        System.exit(LabCommand.run(new RaceCommand(), System.out, System.err, arguments));
    }

    @Override
    public Boolean call() throws IOException {
        ConcurrentWritersComparison.run(ProjectRoot.find(), Duration.ofSeconds(seconds), System.out);
        return true;
    }
}
