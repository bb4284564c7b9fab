package io.tributary.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.compaction.merge.MergeOutcome;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.metrics.DataPoint;
import io.tributary.metrics.Metric;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MergeMetricsTest {

    private static final Instant BEGIN = Instant.parse("2026-01-31T08:00:00Z");
    private static final Instant END = BEGIN.plusMillis(2500);

    @Test
    void aMergeTellsItsRowsAndHowFarBehindItWas() {
        long before = BEGIN.minusSeconds(90).toEpochMilli();

        assertThat(MergeMetrics.of(merged(before), BEGIN, END, 12))
                .containsExactlyInAnyOrder(
                        DataPoint.ofLake(Metric.MERGE, 2.5),
                        DataPoint.ofLake(Metric.MERGED_FILES, 12),
                        DataPoint.of(Metric.ROWS_MERGED, "fra", 4),
                        DataPoint.of(Metric.ROWS_DUPLICATE, "fra", 1),
                        DataPoint.of(Metric.ROWS_CONFLICTING, "fra", 2),
                        DataPoint.ofLake(Metric.ROWS_MERGED, 4),
                        DataPoint.ofLake(Metric.ROWS_DUPLICATE, 1),
                        DataPoint.ofLake(Metric.ROWS_CONFLICTING, 2),
                        DataPoint.ofLake(Metric.STAGING_BACKLOG, 90));
    }

    @Test
    void theFirstMergeWasBehindNothing() {
        assertThat(MergeMetrics.of(merged(0), BEGIN, END, 1))
                .noneMatch(measurement -> measurement.metric() == Metric.STAGING_BACKLOG);
    }

    @Test
    void aRunThatFindsNothingNewGivesASignOfLife() {
        assertThat(MergeMetrics.of(new MergeOutcome.NoNewData(), BEGIN, END, 3))
                .containsExactlyInAnyOrder(
                        DataPoint.ofLake(Metric.MERGE, 2.5),
                        DataPoint.ofLake(Metric.MERGED_FILES, 3),
                        DataPoint.ofLake(Metric.STAGING_BACKLOG, 0));
    }

    private static MergeOutcome merged(long previousWatermark) {
        return new MergeOutcome.Merged(new MergeMetadata(
                7,
                30,
                previousWatermark,
                BEGIN.toEpochMilli(),
                new TreeMap<>(Map.of("fra", new MergeMetadata.Merged(5, 1, 4, 2))),
                new TreeMap<>()));
    }
}
