package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.KafkaTls;
import io.tributary.config.SecretGrants;
import io.tributary.error.InvalidInputException;
import io.tributary.job.JobArguments;
import io.tributary.runtime.MetricsDestination;
import io.tributary.runtime.RuntimeKind;
import io.tributary.runtime.RuntimeOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IngestArgumentsTest {

    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:fra1-AbCdEf";

    @Test
    void defaultsAreALocalRunWithThePlaceOfTheConfiguration() {
        assertThat(IngestArguments.parse("--config", "p.yaml", "--data-centers", "d.yaml"))
                .isEqualTo(new IngestArguments(
                        new JobArguments(
                                RuntimeOptions.LOCAL, "p.yaml", Optional.empty(), new MetricsDestination.Nowhere()),
                        "d.yaml",
                        Optional.empty(),
                        Optional.empty(),
                        KafkaTls.OPTIONAL));
    }

    @Test
    void everyArgumentIsRead() {
        assertThat(IngestArguments.parse(
                        "--JOB_NAME",
                        "ingest",
                        "--runtime",
                        "glue",
                        "--region",
                        "eu-central-1",
                        "--config",
                        "s3://b/p.yaml",
                        "--data-centers=s3://b/d.yaml",
                        "--lake",
                        "s3://b/lake",
                        "--checkpoint",
                        "s3://b/checkpoint",
                        "--secrets",
                        "fra1=" + ARN,
                        "--kafka-tls",
                        "required",
                        "--metrics",
                        "cloudwatch://eu-central-1/Tributary/dev"))
                .isEqualTo(new IngestArguments(
                        new JobArguments(
                                new RuntimeOptions(
                                        RuntimeKind.GLUE, Optional.of("eu-central-1"), Map.of("JOB_NAME", "ingest")),
                                "s3://b/p.yaml",
                                Optional.of("s3://b/lake"),
                                new MetricsDestination.CloudWatch("eu-central-1", "Tributary/dev")),
                        "s3://b/d.yaml",
                        Optional.of("s3://b/checkpoint"),
                        Optional.of(new SecretGrants(Map.of("fra1", List.of(ARN)))),
                        KafkaTls.REQUIRED));
    }

    @Test
    void whatIsMissingAndUnknownIsSaidTogether() {
        assertThatThrownBy(() -> IngestArguments.parse("--lakes", "s3://b/lake"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--config is missing: the URI of the pipeline configuration")
                .hasMessageContaining("--data-centers is missing: the URI of the data-centers file")
                .hasMessageContaining("--lakes is not an argument of this job; did you mean --lake?");
    }
}
