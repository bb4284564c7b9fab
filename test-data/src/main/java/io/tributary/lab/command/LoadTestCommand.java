package io.tributary.lab.command;

import io.tributary.error.OperatorActionException;
import io.tributary.lab.command.OptionValues.AbsolutePath;
import io.tributary.lab.command.OptionValues.WritableFile;
import io.tributary.lab.loadtest.LoadTest;
import io.tributary.lab.loadtest.LoadTestOptions;
import io.tributary.lab.loadtest.LoadTestResult;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.profile.ProfileFile;
import io.tributary.lab.run.Console;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/load-test}. */
@Command(
        name = "scripts/load-test",
        description = {
            "Plays a profile twice, with synthetic consumers in the place of the pipeline and with the pipeline, and holds"
                    + " what it measures to the profile's objectives. The profiles are in test-data/profiles.",
            "Exit code 0 if all objectives are met, 1 if one is missed or a record is lost or shown twice, 3 if the run is"
                    + " void: the generator was late, or the synthetic consumers did not get everything once and in order.",
            "scripts/load-test compare A.json B.json compares two results."
        },
        footer = "%nExample: scripts/load-test --profile steady --report r.html --json r.json")
public final class LoadTestCommand implements Callable<Boolean> {

    private static final String COMPARE = "compare";

    @Option(
            names = "--profile",
            paramLabel = "NAME|FILE",
            required = true,
            description = "A profile by its name, such as steady, or a file of your own.")
    private String profile;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            converter = WritableFile.class,
            description = "Write the report as one HTML file.")
    private Optional<Path> report = Optional.empty();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            converter = WritableFile.class,
            description = "Write the result as JSON.")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed sends the same events (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--lake",
            paramLabel = "DIR",
            converter = AbsolutePath.class,
            description = "Where everything of the run lies (target/load-test).")
    private Optional<Path> lake = Optional.empty();

    public static void main(String[] arguments) {
        boolean isCompare = arguments.length > 0 && arguments[0].equals(COMPARE);
        System.exit(
                isCompare
                        ? LabCommand.run(
                                new CompareCommand(System.out),
                                System.out,
                                System.err,
                                Arrays.copyOfRange(arguments, 1, arguments.length))
                        : LabCommand.run(new LoadTestCommand(), System.out, System.err, arguments));
    }

    @Override
    public Boolean call() {
        LoadTestResult result = LoadTest.run(options(ProjectRoot.find().dir()), new Console(System.out));
        if (result.isCorrect() && !result.isValid()) {
            throw new OperatorActionException(result.sentence()
                    + " Run it again on a machine that does nothing else, or with a profile of a lower rate.");
        }
        return result.isGood();
    }

    LoadTestOptions options(Path project) {
        return new LoadTestOptions(
                ProfileFile.read(profile, project.resolve("test-data").resolve("profiles")),
                seed,
                "scripts/load-test --profile " + profile + " --seed " + seed,
                lake,
                report,
                json);
    }
}
