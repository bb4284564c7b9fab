package io.tributary.compaction;

import io.tributary.compaction.merge.MergeOutcome;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.metrics.DataPoint;
import io.tributary.metrics.Metric;
import io.tributary.metrics.StatisticSet;
import io.tributary.runtime.StepRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The metrics of a run of the merge job. A run that finds nothing new publishes them too, as a sign of life. */
final class MergeMetrics {

    private MergeMetrics() {}

    /**
     * The data points of one run.
     *
     * @param files of the merged table, after the run
     */
    static List<DataPoint> of(MergeOutcome outcome, Instant begin, Instant end, long files) {
        List<DataPoint> all = new ArrayList<>();
        all.add(DataPoint.ofLake(Metric.MERGE, seconds(begin, end)));
        all.add(DataPoint.ofLake(Metric.MERGED_FILES, files));
        if (outcome instanceof MergeOutcome.Merged merged) {
            MergeMetadata metadata = merged.metadata();
            metadata.dataCenters().forEach((name, rows) -> addRows(all, Optional.of(name), rows));
            addRows(all, Optional.empty(), metadata.total());
            if (metadata.previousWatermark() > 0) {
                Instant before = Instant.ofEpochMilli(metadata.previousWatermark());
                all.add(DataPoint.ofLake(Metric.STAGING_BACKLOG, Math.max(0, seconds(before, begin))));
            }
        } else if (outcome instanceof MergeOutcome.NoNewData) {
            all.add(DataPoint.ofLake(Metric.STAGING_BACKLOG, 0));
        }
        return all;
    }

    /** How many steps of the run failed; 0 is a sign of health. */
    static List<DataPoint> ofSteps(StepRunner steps) {
        return List.of(DataPoint.ofLake(Metric.MERGE_STEPS_FAILED, steps.failed()));
    }

    private static void addRows(List<DataPoint> all, Optional<String> dataCenter, MergeMetadata.Merged rows) {
        all.add(new DataPoint(Metric.ROWS_MERGED, dataCenter, StatisticSet.of(rows.merged())));
        all.add(new DataPoint(Metric.ROWS_DUPLICATE, dataCenter, StatisticSet.of(rows.duplicates())));
        all.add(new DataPoint(Metric.ROWS_CONFLICTING, dataCenter, StatisticSet.of(rows.conflicts())));
    }

    private static double seconds(Instant from, Instant until) {
        return Duration.between(from, until).toMillis() / 1000.0;
    }
}
