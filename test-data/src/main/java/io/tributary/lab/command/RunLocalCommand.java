package io.tributary.lab.command;

import io.tributary.error.InvalidInputException;
import io.tributary.lab.command.OptionValues.AbsolutePath;
import io.tributary.lab.command.OptionValues.PositiveDuration;
import io.tributary.lab.command.OptionValues.ReadableFile;
import io.tributary.lab.command.OptionValues.Share;
import io.tributary.lab.command.OptionValues.WholeNumber;
import io.tributary.lab.command.OptionValues.WritableFile;
import io.tributary.lab.load.LoadSpec.Shares;
import io.tributary.lab.run.Console;
import io.tributary.lab.run.LocalRun;
import io.tributary.lab.run.RunOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/run-local}. */
@Command(
        name = "scripts/run-local",
        description = {
            "Runs everything on this machine: real Kafka clusters, a load, the two jobs, and an evaluator that compares the"
                    + " truth with what SQL shows. Exit code 0 only if the verdict is exact."
        },
        footer = "%nExample: scripts/run-local --rate 2000 --duration 2m")
public final class RunLocalCommand implements Callable<Boolean> {

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = PositiveDuration.class,
            description = "How long events are sent (${DEFAULT-VALUE}); also 2m, or 90 for seconds.")
    private Duration duration;

    @Option(
            names = "--rate",
            paramLabel = "N",
            converter = Rate.class,
            description = "Records a second, all data centers together (1000).")
    private Integer rate;

    @Option(
            names = "--data-centers",
            paramLabel = "N",
            defaultValue = "3",
            converter = DataCenters.class,
            description = "How many data centers send (${DEFAULT-VALUE}).")
    private int dataCenters;

    @Option(
            names = "--spare",
            paramLabel = "N",
            defaultValue = "0",
            converter = Spare.class,
            description = "How many further data centers send that are not in the data-centers file, for"
                    + " scripts/tributary dc add (${DEFAULT-VALUE}).")
    private int spare;

    @Option(
            names = "--close-after",
            paramLabel = "TIME",
            converter = PositiveDuration.class,
            description = "When the last data center of those in the file stops sending, as a site that is closed, for"
                    + " scripts/tributary dc drain (never).")
    private Optional<Duration> closeAfter = Optional.empty();

    @Option(
            names = "--refused",
            paramLabel = "N",
            defaultValue = "0",
            converter = Refused.class,
            description =
                    "How many records one data center sends besides whose time the configuration does not read, after"
                            + " a third of the duration (${DEFAULT-VALUE}).")
    private int refused;

    @Option(
            names = "--duplicates",
            paramLabel = "SHARE",
            defaultValue = "10%",
            converter = Share.class,
            description = "Part of the records that repeat an earlier one (10%%); also 0.1.")
    private double duplicates;

    @Option(
            names = "--backdated",
            paramLabel = "SHARE",
            defaultValue = "5%",
            converter = Share.class,
            description = "Part of the events that happened minutes to weeks ago (5%%).")
    private double backdated;

    @Option(
            names = "--malformed",
            paramLabel = "SHARE",
            defaultValue = "1%",
            converter = Share.class,
            description = "Part of the records that cannot be read (1%%).")
    private double malformed;

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
            description = "Where the lake lies (target/lake); it stays there for scripts/sql.")
    private Optional<Path> lake = Optional.empty();

    @Option(names = "--keep", description = "Make a lake that later runs with --keep continue.")
    private boolean keep;

    @Option(
            names = "--s3",
            description = "Keep tables and checkpoints on an S3 server of the run; scripts/s3 serves them again.")
    private boolean s3;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            converter = ReadableFile.class,
            description = "The pipeline configuration.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--input",
            paramLabel = "FILE",
            converter = ReadableFile.class,
            description = "Send a file of JSON lines as it stands instead of generated events.")
    private Optional<Path> input = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            converter = WritableFile.class,
            description = "Write the verdict as JSON.")
    private Optional<Path> report = Optional.empty();

    @Option(
            names = "--merge-every",
            paramLabel = "TIME",
            defaultValue = "2s",
            converter = PositiveDuration.class,
            description = "Pause between two merges (${DEFAULT-VALUE}).")
    private Duration mergeEvery;

    /** A rate in records a second. */
    static final class Rate extends WholeNumber {
        Rate() {
            super(1, 1_000_000);
        }
    }

    /** A number of data centers. */
    static final class DataCenters extends WholeNumber {
        DataCenters() {
            super(1, 64);
        }
    }

    /** A number of data centers that may be none. */
    static final class Spare extends WholeNumber {
        Spare() {
            super(0, 16);
        }
    }

    /** A number of records that may be none. */
    static final class Refused extends WholeNumber {
        Refused() {
            super(0, 10_000);
        }
    }

    public static void main(String[] arguments) {
        System.exit(LabCommand.run(new RunLocalCommand(), System.out, System.err, arguments));
    }

    @Override
    public Boolean call() {
        return LocalRun.report(options(), new Console(System.out)).isExact();
    }

    RunOptions options() {
        if (duplicates + malformed > 1) {
            throw new InvalidInputException(
                    "--duplicates and --malformed together are more than all records; make them at" + " most 100%.");
        }
        if (input.isPresent() && spare + refused > 0) {
            throw new InvalidInputException(
                    "--spare and --refused send generated events, and --input those of a file; leave out one of them.");
        }
        if (closeAfter.filter(after -> after.compareTo(duration) >= 0).isPresent()) {
            throw new InvalidInputException("--close-after is not before the end of --duration; make it shorter.");
        }
        return new RunOptions(
                duration,
                rate == null ? OptionalInt.empty() : OptionalInt.of(rate),
                dataCenters,
                spare,
                closeAfter,
                refused,
                new Shares(duplicates, backdated, malformed),
                seed,
                lake,
                keep,
                s3,
                config,
                input,
                report,
                mergeEvery);
    }
}
