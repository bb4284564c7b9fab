package io.tributary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsDestinationTest {

    @Test
    void aPlaceReadsWhatItWrites() {
        for (MetricsDestination place : List.of(
                new MetricsDestination.Nowhere(),
                new MetricsDestination.File(Path.of("/tmp/metrics.jsonl")),
                new MetricsDestination.CloudWatch("us-gov-west-1", "Tributary/prod"))) {
            assertThat(MetricsDestination.parse(place.toString())).isEqualTo(place);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "cloudwatch", "cloudwatch://Tributary", "cloudwatch://eu-central-1/", "file:", "s3://b/m"})
    void whatIsNoPlaceIsRefused(String text) {
        assertThatThrownBy(() -> MetricsDestination.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "is not a destination for metrics; write none, file:/path or cloudwatch://REGION/NAMESPACE");
    }
}
