package io.tributary.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.benchmark.SourcesFigures.Width;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.runtime.LocalRuntime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark at a size that proves nothing but that all events arrive and the figures are printed. */
class SourcesBenchmarkIT {

    @Test
    void dataCentersThatShareAClusterAreReadAndTheFiguresArePrinted(@TempDir Path dir) throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ProjectRoot root = ProjectRoot.find();
        try (KafkaLab kafka =
                        KafkaLab.start(root, KafkaLabSpec.of(dir.resolve("kafka"), List.of("cluster0", "cluster1")));
                LocalRuntime runtime = LocalRuntime.open("benchmark-it", 2)) {
            new SourcesBenchmark(
                            root,
                            runtime.spark(),
                            kafka,
                            dir,
                            Duration.ofSeconds(1),
                            1,
                            new PrintStream(text, true, StandardCharsets.UTF_8))
                    .run(List.of(new Width(3, 60), new Width(3, 0)), 2);
        }

        assertThat(text.toString(StandardCharsets.UTF_8))
                .containsPattern("(?m)^ +3 at 60 a second( +[0-9.]+ \\([0-9.]+ to [0-9.]+\\)){4}$")
                .containsPattern("(?m)^ +3 idle +[0-9.]+ \\([0-9.]+ to [0-9.]+\\)$")
                .contains("\"benchmark\":\"sources\"")
                .contains("idle: at most 2 CPU s a trigger: ");
    }
}
