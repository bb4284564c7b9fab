package io.tributary.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.runtime.LocalRuntime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark at a size that proves nothing but that all ways deliver the same events. */
class IngestBenchmarkIT {

    @Test
    void allWaysDeliverTheSameEventsAndTheFiguresArePrinted(@TempDir Path dir) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (KafkaLab kafka = KafkaLab.start(
                        ProjectRoot.find(), KafkaLabSpec.of(dir.resolve("kafka"), List.of("dc1", "dc2")));
                LocalRuntime runtime = LocalRuntime.open("benchmark-it", 2)) {
            new IngestBenchmark(runtime, kafka, dir, 1, new PrintStream(text, true, StandardCharsets.UTF_8))
                    .run(6_000, 300);
        }

        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains("6,000 records of 300 bytes in 2 clusters")
                .containsPattern("(?m)^ +parse and append( *[0-9.]+ \\([0-9.]+ to [0-9.]+\\)){2} +1\\.00$")
                .containsPattern("(?m)^ +dropDuplicatesWithinWatermark *[0-9]")
                .containsPattern("(?m)^ +MERGE per batch *[0-9]")
                .containsPattern("(?m)^ +Tributary *[0-9]")
                .containsPattern("(?m)^ +Tributary, Avro *[0-9]")
                .contains("Tributary, Avro / JSON: ")
                .contains("\"benchmark\":\"ingest\"")
                .contains("Tributary / parse and append: ");
    }
}
