package io.tributary.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LakeTest {

    @ParameterizedTest
    @CsvSource({
        "file:///data/lake/, file:/data/lake",
        "file:///data/lake, file:/data/lake",
        "file:/data//lake/, file:/data/lake",
        "/data/lake/, file:/data/lake",
        "/data/my lake, file:/data/my lake",
        "s3://bucket/some/lake/, s3://bucket/some/lake",
        "s3://bucket/, s3://bucket",
        "s3://bucket, s3://bucket",
    })
    void onePlaceHasOneSpelling(String given, String root) {
        assertThat(lake(given).root()).isEqualTo(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lake", "./lake/", "other/../lake"})
    void aRelativePathIsOneOfThisMachine(String given) {
        assertThat(lake(given).root()).isEqualTo("file:" + Path.of("lake").toAbsolutePath());
    }

    @Test
    void tablesAndCheckpointsLieBelowTheRoot() {
        Lake lake = lake("s3://bucket/");

        assertThat(lake.staging()).isEqualTo("s3://bucket/events_staging");
        assertThat(lake.merged()).isEqualTo("s3://bucket/events_merged");
        assertThat(lake.quarantine()).isEqualTo("s3://bucket/events_quarantine");
        assertThat(lake.defaultCheckpoint()).isEqualTo("s3://bucket/_checkpoint");
    }

    @Test
    void theArgumentGoesBeforeTheConfiguration() {
        PipelineConfig config = config("tables: {location: s3://bucket/configured, merged: all_events}");

        assertThat(Lake.of(Optional.empty(), config).merged()).isEqualTo("s3://bucket/configured/all_events");
        assertThat(Lake.of(Optional.of("s3://bucket/given"), config).merged())
                .isEqualTo("s3://bucket/given/all_events");
    }

    @Test
    void aLakeWithoutAPlaceIsRefused() {
        assertThatThrownBy(() -> Lake.of(Optional.empty(), PipelineConfig.defaults()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--lake")
                .hasMessageContaining("tables.location");
    }

    private static Lake lake(String given) {
        return Lake.of(Optional.of(given), PipelineConfig.defaults());
    }

    private static PipelineConfig config(String yaml) {
        return PipelineConfig.parse(yaml, "pipeline.yaml");
    }
}
