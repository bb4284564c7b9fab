package io.tributary.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import io.tributary.job.JobArguments;
import io.tributary.runtime.MetricsDestination;
import io.tributary.runtime.RuntimeKind;
import io.tributary.runtime.RuntimeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MergeArgumentsTest {

    @Test
    void defaultsAreOneLocalMergeWithThePlaceOfTheConfiguration() {
        assertThat(MergeArguments.parse("--config", "p.yaml"))
                .isEqualTo(new MergeArguments(
                        new JobArguments(
                                RuntimeOptions.LOCAL, "p.yaml", Optional.empty(), new MetricsDestination.Nowhere()),
                        Optional.empty()));
    }

    @Test
    void everyArgumentIsRead() {
        assertThat(MergeArguments.parse(
                        "--JOB_NAME",
                        "merge",
                        "--runtime=GLUE",
                        "--region=eu-central-1",
                        "--config",
                        "s3://b/p.yaml",
                        "--lake",
                        "s3://b/lake",
                        "--repeat",
                        "1m30s",
                        "--metrics",
                        "file:/tmp/metrics.jsonl"))
                .isEqualTo(new MergeArguments(
                        new JobArguments(
                                new RuntimeOptions(
                                        RuntimeKind.GLUE, Optional.of("eu-central-1"), Map.of("JOB_NAME", "merge")),
                                "s3://b/p.yaml",
                                Optional.of("s3://b/lake"),
                                new MetricsDestination.File(Path.of("/tmp/metrics.jsonl"))),
                        Optional.of(Duration.ofSeconds(90))));
    }

    @Test
    void everythingThatIsWrongIsSaidTogether() {
        assertThatThrownBy(
                        () -> MergeArguments.parse("--runtime", "moon", "--repeat", "0s", "--data-centers", "d.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--runtime \"moon\": is none of [local, glue]")
                .hasMessageContaining("--repeat \"0s\": \"0s\" is too short")
                .hasMessageContaining("--config is missing")
                .hasMessageContaining("--data-centers is not an argument of this job");
    }
}
