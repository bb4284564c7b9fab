package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DedupConfigTest {

    @Test
    void aToleranceIsShorterThanTheWindow() {
        assertThatThrownBy(() -> PipelineConfig.parse("dedup: {window: 10s, time_tolerance: 10s}", "pipeline.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("dedup.time_tolerance: PT10S is not shorter than dedup.window, which is PT10S;"
                        + " make it a small part of the window");
        assertThatThrownBy(() -> new DedupConfig(
                        Duration.ofSeconds(1),
                        DedupScope.GLOBAL,
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        1,
                        DedupStateStore.FINGERPRINTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not shorter than dedup.window");
    }

    @ParameterizedTest
    @CsvSource({"3s, 1000", "2s, 1000", "1s, 500", "3ms, 1", "1ms, 0"})
    void theDefaultToleranceFitsIntoAShortWindow(String window, long millis) {
        PipelineConfig config = PipelineConfig.parse("dedup: {window: " + window + "}", "pipeline.yaml");

        assertThat(config.dedup().timeTolerance()).isEqualTo(Duration.ofMillis(millis));
    }
}
