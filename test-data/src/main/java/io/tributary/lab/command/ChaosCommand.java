package io.tributary.lab.command;

import io.tributary.lab.chaos.ChaosLab;
import io.tributary.lab.chaos.ChaosOptions;
import io.tributary.lab.chaos.FaultKind;
import io.tributary.lab.command.OptionValues.AbsolutePath;
import io.tributary.lab.command.OptionValues.WholeNumber;
import io.tributary.lab.command.OptionValues.WritableFile;
import io.tributary.lab.run.Console;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** {@code scripts/chaos}. */
@Command(
        name = "scripts/chaos",
        description = {
            "Runs everything on this machine, on an S3 server, and breaks it time and again while events flow and somebody"
                    + " asks: jobs are killed, clusters die and hang, S3 fails, checkpoints vanish. Exit code 0 only if"
                    + " every event shows once, none that was shown is ever gone, and the audit balances."
        },
        footer = "%nExample: scripts/chaos --rounds 12 --seed 5")
public final class ChaosCommand implements Callable<Boolean> {

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "6",
            converter = Rounds.class,
            description = "How many faults (${DEFAULT-VALUE}); every kind comes before any comes again. docs/faults.md"
                    + " lists the kinds.")
    private int rounds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed makes the same faults and sends the same events (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "300",
            converter = Rate.class,
            description = "Records a second, all data centers together (${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--only",
            paramLabel = "KIND",
            split = ",",
            converter = Kind.class,
            description = "Faults of these kinds alone, such as state_damaged; separated by commas.")
    private List<FaultKind> only = List.of(FaultKind.values());

    @Option(
            names = "--fuzz",
            paramLabel = "N",
            converter = HostileRecords.class,
            description = "Send N hostile records through one data center instead: bytes, JSON, times, ids, values,"
                    + " timestamps, codecs and transactions of every kind; each is to be an event, a duplicate or"
                    + " quarantined, and nobody else is to notice.")
    private Integer fuzz;

    @Option(
            names = "--isolation",
            description =
                    "Measure instead what the others feel when one data center refuses, hangs, dies in the middle of"
                            + " a batch, or is slow, and print the ratios.")
    private boolean isolation;

    @Option(
            names = "--operator",
            description =
                    "Work instead as an operator does, with scripts/tributary alone: add, pause, drain and remove data"
                            + " centers, replay refused records, erase an event; and print each command with its answer.")
    private boolean operator;

    @Option(
            names = "--lake",
            paramLabel = "DIR",
            converter = AbsolutePath.class,
            description = "Where everything lies (target/chaos); it stays there for scripts/s3.")
    private Optional<Path> lake = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            converter = WritableFile.class,
            description = "Write the outcome as JSON.")
    private Optional<Path> report = Optional.empty();

    /** A number of faults. */
    static final class Rounds extends WholeNumber {
        Rounds() {
            super(1, 1_000);
        }
    }

    /** A rate in records a second. */
    static final class Rate extends WholeNumber {
        Rate() {
            super(1, 100_000);
        }
    }

    /** A number of hostile records. */
    static final class HostileRecords extends WholeNumber {
        HostileRecords() {
            super(1, 10_000_000);
        }
    }

    /** The word of a kind of fault. */
    static final class Kind implements ITypeConverter<FaultKind> {

        @Override
        public FaultKind convert(String word) {
            return Arrays.stream(FaultKind.values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            OptionValues.wrong(word, "names a fault that there is not; docs/faults.md lists them"));
        }
    }

    public static void main(String[] arguments) {
        System.exit(LabCommand.run(new ChaosCommand(), System.out, System.err, arguments));
    }

    @Override
    public Boolean call() {
        return ChaosLab.outcome(options(), new Console(System.out)).isGood();
    }

    ChaosOptions options() {
        return new ChaosOptions(
                rounds,
                seed,
                rate,
                only,
                fuzz == null ? OptionalInt.empty() : OptionalInt.of(fuzz),
                isolation,
                operator,
                lake,
                report);
    }
}
