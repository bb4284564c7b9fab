package io.tributary.benchmark;

import io.tributary.error.OperatorActionException;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.s3.S3Lab;
import io.tributary.lab.s3.S3LabSpec;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/benchmark requests}. */
@Command(
        name = "requests",
        description = "Counts what the streaming job asks of S3 for each batch, and the merge job for each merge.")
final class RequestsCommand implements Callable<Integer> {

    @Option(
            names = "--batches",
            paramLabel = "N",
            defaultValue = "20",
            converter = BenchmarkMain.Count.class,
            description = "Batches that are counted in each round (${DEFAULT-VALUE}).")
    private int batches;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            converter = BenchmarkMain.Count.class,
            description = "Rounds, each with a lake of its own (${DEFAULT-VALUE}).")
    private int rounds;

    @Override
    public Integer call() throws Exception {
        ProjectRoot root = ProjectRoot.find();
        try (ScratchFolder folder = ScratchFolder.make();
                S3Lab s3 = S3Lab.start(
                        root,
                        S3LabSpec.of(folder.dir().resolve("s3"))
                                .withBucket("requests")
                                .withFront(1));
                KafkaLab kafka = KafkaLab.start(
                        root, KafkaLabSpec.of(folder.dir().resolve("kafka"), List.of("dc1", "dc2", "dc3")))) {
            if (!new RequestsBenchmark(root, kafka, s3, folder.dir(), rounds, System.out).run(batches)) {
                throw new OperatorActionException(BenchmarkMain.BOUND);
            }
        }
        return 0;
    }
}
