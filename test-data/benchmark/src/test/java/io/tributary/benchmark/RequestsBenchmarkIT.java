package io.tributary.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.s3.S3Lab;
import io.tributary.lab.s3.S3LabSpec;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What both jobs ask of S3 as processes of their own, held to its bounds. Counts do not depend on how busy a machine is. */
class RequestsBenchmarkIT {

    @Test
    void aBatchAndAMergeAskNoMoreThanTheirBounds(@TempDir Path dir) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ProjectRoot root = ProjectRoot.find();
        boolean holds;
        try (S3Lab s3 = S3Lab.start(
                        root,
                        S3LabSpec.of(dir.resolve("s3")).withBucket("requests").withFront(1));
                KafkaLab kafka = KafkaLab.start(root, KafkaLabSpec.of(dir.resolve("kafka"), List.of("dc1", "dc2")))) {
            holds = new RequestsBenchmark(root, kafka, s3, dir, 1, new PrintStream(text, true, StandardCharsets.UTF_8))
                    .run(10);
        }

        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains("a merge of 10 batches", "\"benchmark\":\"requests\"")
                .containsPattern("(?m)^ +PUT( +[0-9.]+ \\([0-9.]+ to [0-9.]+\\)){3}$");
        assertThat(holds).as(text.toString(StandardCharsets.UTF_8)).isTrue();
    }
}
