package io.tributary.lab.concurrentwriters;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.s3.S3Lab;
import io.tributary.lab.s3.S3LabSpec;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentWritersIT {

    @Test
    void twoDriversLoseNoCommit(@TempDir Path dir) throws Exception {
        ProjectRoot root = ProjectRoot.find();
        try (S3Lab s3 = S3Lab.start(root, S3LabSpec.of(dir.resolve("s3")))) {
            ConcurrentWritersResult result =
                    new ConcurrentWriters(root, s3, dir).run(ComparedStore.CONDITIONAL, Duration.ofSeconds(10));

            assertThat(result.lost()).isEmpty();
            assertThat(result.failures()).isZero();
            assertThat(result.isOneOf(ConcurrentWriters.RACERS)).isTrue();
        }
    }
}
