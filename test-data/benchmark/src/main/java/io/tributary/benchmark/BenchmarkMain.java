package io.tributary.benchmark;

import io.tributary.config.DataSizes;
import io.tributary.error.InvalidInputException;
import io.tributary.error.OperatorActionException;
import io.tributary.lab.command.OptionValues.WholeNumber;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.trino.Stage;
import io.tributary.lab.trino.TrinoNeeds;
import io.tributary.runtime.JobExit;
import io.tributary.runtime.LocalRuntime;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;

/** {@code scripts/benchmark}. */
@Command(
        name = "scripts/benchmark",
        description =
                "Measures side by side, in one run, and prints the figures. Exit code 3 if a bound that a benchmark"
                        + " names does not hold.",
        subcommands = {HelpCommand.class, RequestsCommand.class, SourcesCommand.class})
public final class BenchmarkMain {

    static final int SHUFFLE_PARTITIONS = 4;
    static final String BOUND =
            "A bound does not hold. Measure again on a machine that does nothing else before you conclude.";

    private BenchmarkMain() {}

    /** A count of rows or minutes. */
    static final class Count extends WholeNumber {
        Count() {
            super(1, 999_999_999);
        }
    }

    public static void main(String[] args) {
        CommandLine commandLine = new CommandLine(new BenchmarkMain())
                .setExecutionExceptionHandler((failure, command, parsed) -> JobExit.of("benchmark", () -> {
                    throw failure;
                }));
        System.exit(commandLine.execute(args.length == 0 ? new String[] {"help"} : args));
    }

    @Command(
            name = "merge",
            description =
                    "Merges new rows into tables of these sizes, by Tributary's merge and by Delta's MERGE in turn.")
    void merge(
            @Option(
                            names = "--sizes",
                            paramLabel = "ROWS",
                            split = ",",
                            defaultValue = "1000000,10000000,50000000",
                            converter = Count.class,
                            description = "Rows of the tables (${DEFAULT-VALUE}).")
                    List<Integer> sizes,
            @Option(
                            names = "--rows",
                            paramLabel = "N",
                            defaultValue = "200000",
                            converter = Count.class,
                            description = "Rows that are merged (${DEFAULT-VALUE}).")
                    int rows)
            throws IOException {
        try (ScratchFolder folder = ScratchFolder.make();
                LocalRuntime runtime = compiling()) {
            if (!new MergeBenchmark(runtime.spark(), folder.dir(), rows, System.out)
                    .run(sizes.stream().map(Integer::longValue).toList())) {
                throw new OperatorActionException(BOUND);
            }
        }
    }

    @Command(
            name = "ingest",
            description =
                    "Catches up with what waits in three Kafka clusters, by the streaming job, by parsing and appending"
                            + " alone, by Spark's dropDuplicatesWithinWatermark and by a MERGE per batch, in turn.")
    void ingest(
            @Option(
                            names = "--records",
                            paramLabel = "N",
                            defaultValue = "900000",
                            converter = Count.class,
                            description = "Records of all clusters together (${DEFAULT-VALUE}).")
                    int records,
            @Option(
                            names = "--bytes",
                            paramLabel = "N",
                            split = ",",
                            defaultValue = "300,1200",
                            converter = Count.class,
                            description = "Sizes of a record, one after the other (${DEFAULT-VALUE}).")
                    List<Integer> sizes,
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "5",
                            converter = Count.class,
                            description = "Rounds that are measured (${DEFAULT-VALUE}).")
                    int rounds)
            throws IOException {
        boolean holds = true;
        for (int bytes : sizes) {
            try (ScratchFolder folder = ScratchFolder.make();
                    KafkaLab kafka = KafkaLab.start(
                            ProjectRoot.find(),
                            KafkaLabSpec.of(folder.dir().resolve("kafka"), List.of("dc1", "dc2", "dc3")));
                    LocalRuntime runtime = compiling()) {
                holds &= new IngestBenchmark(runtime, kafka, folder.dir(), rounds, System.out).run(records, bytes);
            }
        }
        if (!holds) {
            throw new OperatorActionException(BOUND);
        }
    }

    @Command(
            name = "state",
            description = "Deduplicates batches while so many identities are remembered, in each state store in turn.")
    void state(
            @Option(
                            names = "--sizes",
                            paramLabel = "IDENTITIES",
                            split = ",",
                            defaultValue = "100000,1000000,4000000,10000000",
                            converter = Count.class,
                            description = "Identities that are remembered (${DEFAULT-VALUE}).")
                    List<Integer> sizes,
            @Option(
                            names = "--rows",
                            paramLabel = "N",
                            defaultValue = "20000",
                            converter = Count.class,
                            description = "Rows of a batch, a multiple of 20 (${DEFAULT-VALUE}).")
                    int rows)
            throws IOException {
        if (rows % 20 != 0) {
            throw new InvalidInputException("--rows: " + rows + " is not a multiple of 20.");
        }
        try (ScratchFolder folder = ScratchFolder.make();
                LocalRuntime runtime = compiling()) {
            if (!new StateBenchmark(runtime.spark(), folder.dir(), rows, System.out)
                    .run(sizes.stream().map(Integer::longValue).toList())) {
                throw new OperatorActionException(BOUND);
            }
        }
    }

    @Command(
            name = "files",
            description = "A day of one-minute batches, compressed in time: files before and after, and Trino on five"
                    + " questions.")
    void files(
            @Option(
                            names = "--minutes",
                            paramLabel = "N",
                            defaultValue = "1440",
                            converter = Count.class,
                            description = "Batches (${DEFAULT-VALUE}).")
                    int minutes,
            @Option(
                            names = "--rows",
                            paramLabel = "N",
                            defaultValue = "5000",
                            converter = Count.class,
                            description = "Rows of a batch (${DEFAULT-VALUE}).")
                    int rows,
            @Option(
                            names = "--target-file-size",
                            paramLabel = "SIZE",
                            defaultValue = "128MB",
                            description = "Size of a compacted file (${DEFAULT-VALUE}).")
                    String target)
            throws IOException, SQLException {
        DataSizes.parse(target);
        TrinoNeeds needs = TrinoNeeds.find().orElseThrow(() -> new InvalidInputException(TrinoNeeds.NO_JAVA + "."));
        try (Stage stage = Stage.set(needs);
                LocalRuntime runtime = stage.spark()) {
            new FilesBenchmark(stage, runtime, target, System.out).run(minutes, rows);
        }
    }

    /** Unlike local runs, whose queries are small: here millions of rows make up for the time to generate code. */
    private static LocalRuntime compiling() {
        LocalRuntime runtime = LocalRuntime.open("benchmark", SHUFFLE_PARTITIONS);
        runtime.spark().conf().set("spark.sql.codegen.wholeStage", "true");
        runtime.spark().conf().set("spark.sql.codegen.factoryMode", "FALLBACK");
        return runtime;
    }
}
