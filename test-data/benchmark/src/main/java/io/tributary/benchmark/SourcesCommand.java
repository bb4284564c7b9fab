package io.tributary.benchmark;

import io.tributary.benchmark.SourcesFigures.Width;
import io.tributary.error.OperatorActionException;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.runtime.LocalRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/benchmark sources}. */
@Command(
        name = "sources",
        description = "Reads few data centers, many, and many idle ones, at one rate of all together, in turns.")
final class SourcesCommand implements Callable<Integer> {

    private static final int MAX_CLUSTERS = 64;
    private static final Duration TRIGGER = Duration.ofSeconds(10);

    @Option(
            names = "--widths",
            paramLabel = "DATA CENTERS",
            split = ",",
            defaultValue = "3,64",
            converter = BenchmarkMain.Count.class,
            description = "How many data centers send (${DEFAULT-VALUE}).")
    private List<Integer> widths;

    @Option(
            names = "--idle",
            paramLabel = "DATA CENTERS",
            defaultValue = "200",
            converter = BenchmarkMain.Count.class,
            description = "How many are read that send nothing (${DEFAULT-VALUE}, as many as one file may list).")
    private int idle;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            converter = BenchmarkMain.Count.class,
            description = "Records a second of all together (${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--batches",
            paramLabel = "N",
            defaultValue = "6",
            converter = BenchmarkMain.Count.class,
            description = "Batches that are measured in each round (${DEFAULT-VALUE}).")
    private int batches;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            converter = BenchmarkMain.Count.class,
            description = "Rounds, in turns (${DEFAULT-VALUE}).")
    private int rounds;

    @Override
    public Integer call() throws Exception {
        ProjectRoot root = ProjectRoot.find();
        List<Width> all = new ArrayList<>();
        widths.forEach(width -> all.add(new Width(width, rate)));
        all.add(new Width(idle, 0));
        int clusters = Math.min(
                MAX_CLUSTERS, all.stream().mapToInt(Width::dataCenters).max().orElseThrow());
        List<String> names =
                IntStream.range(0, clusters).mapToObj(i -> "cluster" + i).toList();
        try (ScratchFolder folder = ScratchFolder.make();
                KafkaLab kafka =
                        KafkaLab.start(root, KafkaLabSpec.of(folder.dir().resolve("kafka"), names));
                LocalRuntime runtime = LocalRuntime.open("benchmark", BenchmarkMain.SHUFFLE_PARTITIONS)) {
            if (!new SourcesBenchmark(root, runtime.spark(), kafka, folder.dir(), TRIGGER, rounds, System.out)
                    .run(all, batches)) {
                throw new OperatorActionException(BenchmarkMain.BOUND);
            }
        }
        return 0;
    }
}
