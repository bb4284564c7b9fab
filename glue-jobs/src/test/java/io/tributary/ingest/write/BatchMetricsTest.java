package io.tributary.ingest.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.metrics.DataPoint;
import io.tributary.metrics.Metric;
import io.tributary.metrics.StatisticSet;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BatchMetricsTest {

    private static final long NOW = 1_700_000_100_000L;
    private static final TopicPartitionId FRA_0 = new TopicPartitionId("fra", "events", 0);
    private static final TopicPartitionId FRA_1 = new TopicPartitionId("fra", "events", 1);
    private static final TopicPartitionId NYC_0 = new TopicPartitionId("nyc", "events", 0);

    @Test
    void aBatchTellsWhatBecameOfItsRecordsAndHowOldTheyWere() {
        BatchMetadata metadata = new BatchMetadata(
                1,
                "from-1",
                0,
                NOW - 4_000,
                NOW - 1_000,
                new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.empty()),
                new TreeMap<>(Map.of(
                        FRA_0,
                        new RangeStats(0, 10, 10, 7, 2, 1, 0, 5),
                        FRA_1,
                        new RangeStats(5, 6, 1, 1, 0, 0, 0, 5))),
                new TreeSet<>(List.of(new OffsetRange(NYC_0, 3, 9))),
                new TreeSet<>(),
                ReadProgress.EMPTY);
        AppendTimeStats times = new AppendTimeStats(3, 3.0 * NOW - 60_000, NOW - 30_000, NOW - 10_000);

        List<DataPoint> told = BatchMetrics.of(metadata, Map.of("fra", times), Instant.ofEpochMilli(NOW));

        StatisticSet ages = new StatisticSet(3, 60, 10, 30);
        assertThat(told)
                .containsExactlyInAnyOrder(
                        DataPoint.of(Metric.RECORDS_READ, "fra", 11),
                        DataPoint.of(Metric.RECORDS_STAGED, "fra", 8),
                        DataPoint.of(Metric.RECORDS_DUPLICATE, "fra", 2),
                        DataPoint.of(Metric.RECORDS_QUARANTINED, "fra", 1),
                        new DataPoint(
                                Metric.QUARANTINED_PERCENT, Optional.of("fra"), new StatisticSet(11, 100, 0, 100)),
                        new DataPoint(Metric.QUARANTINED_PERCENT, Optional.empty(), new StatisticSet(11, 100, 0, 100)),
                        DataPoint.of(Metric.RECORDS_ERASED, "fra", 0),
                        DataPoint.ofLake(Metric.RECORDS_ERASED, 0),
                        DataPoint.of(Metric.RECORDS_WITHOUT_EVENT, "fra", 0),
                        DataPoint.ofLake(Metric.RECORDS_WITHOUT_EVENT, 0),
                        DataPoint.of(Metric.CAST_FAILURES, "fra", 0),
                        DataPoint.ofLake(Metric.CAST_FAILURES, 0),
                        DataPoint.ofLake(Metric.RECORDS_READ, 11),
                        DataPoint.ofLake(Metric.RECORDS_STAGED, 8),
                        DataPoint.ofLake(Metric.RECORDS_DUPLICATE, 2),
                        DataPoint.ofLake(Metric.RECORDS_QUARANTINED, 1),
                        DataPoint.of(Metric.RANGES_DEFERRED, "nyc", 1),
                        DataPoint.ofLake(Metric.RANGES_DEFERRED, 1),
                        DataPoint.ofLake(Metric.OFFSETS_LOST, 0),
                        new DataPoint(Metric.FRESHNESS, Optional.of("fra"), ages),
                        new DataPoint(Metric.FRESHNESS, Optional.empty(), ages),
                        DataPoint.ofLake(Metric.BATCH, 4));
    }
}
