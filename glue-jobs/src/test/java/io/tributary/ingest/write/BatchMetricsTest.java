package io.tributary.ingest.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.account.BatchAccount;
import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.account.Range;
import io.tributary.account.StateSpan;
import io.tributary.metrics.Measurement;
import io.tributary.metrics.Metric;
import io.tributary.metrics.Spread;
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
    private static final PartitionId FRA_0 = new PartitionId("fra", "events", 0);
    private static final PartitionId FRA_1 = new PartitionId("fra", "events", 1);
    private static final PartitionId NYC_0 = new PartitionId("nyc", "events", 0);

    @Test
    void aBatchTellsWhatBecameOfItsRecordsAndHowOldTheyWere() {
        BatchAccount account = new BatchAccount(
                1,
                "from-1",
                0,
                NOW - 4_000,
                NOW - 1_000,
                new StateSpan("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.empty()),
                new TreeMap<>(
                        Map.of(FRA_0, new Range(0, 10, 10, 7, 2, 1, 0, 5), FRA_1, new Range(5, 6, 1, 1, 0, 0, 0, 5))),
                new TreeSet<>(List.of(new OffsetRange(NYC_0, 3, 9))),
                new TreeSet<>(),
                Frontier.EMPTY);
        KafkaTimes times = new KafkaTimes(3, 3.0 * NOW - 60_000, NOW - 30_000, NOW - 10_000);

        List<Measurement> told = BatchMetrics.of(account, Map.of("fra", times), Instant.ofEpochMilli(NOW));

        Spread ages = new Spread(3, 60, 10, 30);
        assertThat(told)
                .containsExactlyInAnyOrder(
                        Measurement.of(Metric.RECORDS_READ, "fra", 11),
                        Measurement.of(Metric.RECORDS_STAGED, "fra", 8),
                        Measurement.of(Metric.RECORDS_DUPLICATE, "fra", 2),
                        Measurement.of(Metric.RECORDS_QUARANTINED, "fra", 1),
                        Measurement.of(Metric.VALUES_UNFIT, "fra", 0),
                        Measurement.ofLake(Metric.VALUES_UNFIT, 0),
                        Measurement.ofLake(Metric.RECORDS_READ, 11),
                        Measurement.ofLake(Metric.RECORDS_STAGED, 8),
                        Measurement.ofLake(Metric.RECORDS_DUPLICATE, 2),
                        Measurement.ofLake(Metric.RECORDS_QUARANTINED, 1),
                        Measurement.of(Metric.RANGES_DEFERRED, "nyc", 1),
                        Measurement.ofLake(Metric.RANGES_DEFERRED, 1),
                        Measurement.ofLake(Metric.OFFSETS_LOST, 0),
                        new Measurement(Metric.FRESHNESS, Optional.of("fra"), ages),
                        new Measurement(Metric.FRESHNESS, Optional.empty(), ages),
                        Measurement.ofLake(Metric.BATCH, 4));
    }
}
