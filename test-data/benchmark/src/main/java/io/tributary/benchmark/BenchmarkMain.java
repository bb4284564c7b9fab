package io.tributary.benchmark;

import io.tributary.config.DataSizes;
import io.tributary.error.InvalidInputException;
import io.tributary.error.OperatorActionException;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.run.OptionReader;
import io.tributary.lab.run.OptionValues;
import io.tributary.lab.trino.Stage;
import io.tributary.lab.trino.TrinoNeeds;
import io.tributary.runtime.JobExit;
import io.tributary.runtime.LocalRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs a benchmark: {@code merge} or {@code files}, see {@code scripts/benchmark --help}. */
public final class BenchmarkMain {

    private static final int SHUFFLE_PARTITIONS = 4;

    private BenchmarkMain() {}

    public static void main(String[] args) {
        System.exit(JobExit.of("benchmark", () -> run(args)));
    }

    private static void run(String[] args) throws IOException, SQLException {
        String name = args.length == 0 ? "" : args[0];
        String[] rest = Arrays.copyOfRange(args, Math.min(1, args.length), args.length);
        switch (name) {
            case "merge" -> merge(rest);
            case "files" -> files(rest);
            default ->
                throw new InvalidInputException("There is no benchmark \"" + name + "\"; there are merge and files.");
        }
    }

    private static void merge(String[] args) throws IOException {
        OptionReader options = new OptionReader("scripts/benchmark merge", List.of(), args);
        List<Long> sizes = options.value("sizes", BenchmarkMain::sizes, List.of(1_000_000L, 10_000_000L, 50_000_000L));
        int rows = options.value("rows", BenchmarkMain::count, 200_000);
        options.finish();
        Path dir = Files.createTempDirectory(
                Files.createDirectories(
                        ProjectRoot.find().dir().resolve("target").resolve("benchmark")),
                "");
        try (LocalRuntime runtime = compiling()) {
            if (!new MergeBenchmark(runtime.spark(), dir, rows, System.out).run(sizes)) {
                throw new OperatorActionException(
                        "A bound does not hold. Measure again on a machine that does nothing else before you conclude.");
            }
        } finally {
            delete(dir);
        }
    }

    private static void files(String[] args) throws IOException, SQLException {
        OptionReader options = new OptionReader("scripts/benchmark files", List.of(), args);
        int minutes = options.value("minutes", BenchmarkMain::count, 1440);
        int rows = options.value("rows", BenchmarkMain::count, 5_000);
        String target = options.value("target-file-size", BenchmarkMain::size, "128MB");
        options.finish();
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

    private static int count(String text) {
        return OptionValues.number(text, 1, 999_999_999);
    }

    private static List<Long> sizes(String text) {
        return Stream.of(text.split(","))
                .map(BenchmarkMain::count)
                .map(Integer::longValue)
                .toList();
    }

    private static String size(String text) {
        DataSizes.parse(text);
        return text;
    }

    private static void delete(Path dir) {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The benchmark's folder cannot be removed: " + dir, e);
        }
    }
}
