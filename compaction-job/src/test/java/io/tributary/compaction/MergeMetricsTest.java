package io.tributary.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.account.MergeAccount;
import io.tributary.compaction.merge.MergeOutcome;
import io.tributary.metrics.Measurement;
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
                        Measurement.ofLake(Metric.MERGE, 2.5),
                        Measurement.ofLake(Metric.MERGED_FILES, 12),
                        Measurement.of(Metric.ROWS_MERGED, "fra", 4),
                        Measurement.of(Metric.ROWS_REPEATED, "fra", 1),
                        Measurement.of(Metric.ROWS_CONFLICTING, "fra", 2),
                        Measurement.ofLake(Metric.ROWS_MERGED, 4),
                        Measurement.ofLake(Metric.ROWS_REPEATED, 1),
                        Measurement.ofLake(Metric.ROWS_CONFLICTING, 2),
                        Measurement.ofLake(Metric.STAGING_BACKLOG, 90));
    }

    @Test
    void theFirstMergeWasBehindNothing() {
        assertThat(MergeMetrics.of(merged(0), BEGIN, END, 1))
                .noneMatch(measurement -> measurement.metric() == Metric.STAGING_BACKLOG);
    }

    @Test
    void aRunThatFindsNothingNewGivesASignOfLife() {
        assertThat(MergeMetrics.of(new MergeOutcome.NothingNew(), BEGIN, END, 3))
                .containsExactlyInAnyOrder(
                        Measurement.ofLake(Metric.MERGE, 2.5),
                        Measurement.ofLake(Metric.MERGED_FILES, 3),
                        Measurement.ofLake(Metric.STAGING_BACKLOG, 0));
    }

    private static MergeOutcome merged(long cursorBefore) {
        return new MergeOutcome.Merged(new MergeAccount(
                7,
                30,
                cursorBefore,
                BEGIN.toEpochMilli(),
                new TreeMap<>(Map.of("fra", new MergeAccount.Merged(5, 1, 4, 2))),
                new TreeMap<>()));
    }
}
