package io.tributary.ingest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.discovery.Unavailable;
import io.tributary.lake.status.Horizon;
import io.tributary.lake.status.RetentionEnd;
import io.tributary.metrics.DataPoint;
import io.tributary.metrics.Metric;
import io.tributary.metrics.Metrics;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LagMetricsTest {

    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
    private static final TopicPartitionId FRA_0 = new TopicPartitionId("fra", "events", 0);
    private static final TopicPartitionId FRA_1 = new TopicPartitionId("fra", "events", 1);

    @Test
    void whatIsUnreadAndWhatWaitsIsLag() {
        ReadProgress before =
                new ReadProgress(positions(90, 40), new TreeSet<>(List.of(new OffsetRange(FRA_1, 20, 30))));
        Map<String, OffsetBounds> answers =
                Map.of("fra", new OffsetBounds(positions(0, 10), positions(100, 50), positions(0, 10)));

        assertThat(LagMetrics.of(List.of("fra"), answers, before, Map.of()))
                .containsExactlyInAnyOrder(
                        DataPoint.of(Metric.UNREACHABLE, "fra", 0),
                        DataPoint.of(Metric.HALTED, "fra", 0),
                        DataPoint.of(Metric.TOPICS_HALTED, "fra", 0),
                        DataPoint.of(Metric.LAG, "fra", 30),
                        // Of the 40 offsets that partition 1 keeps, the 30 from the waiting range on are unread.
                        DataPoint.of(Metric.RETENTION_USED, "fra", 75),
                        DataPoint.ofLake(Metric.UNREACHABLE, 0),
                        DataPoint.ofLake(Metric.HALTED, 0),
                        DataPoint.ofLake(Metric.TOPICS_HALTED, 0),
                        DataPoint.ofLake(Metric.LAG, 30),
                        DataPoint.ofLake(Metric.RETENTION_USED, 75));
    }

    @Test
    void whoDoesNotAnswerIsSilentAndWhoCannotGoOnIsStopped() {
        Map<String, OffsetBounds> answers =
                Map.of("fra", new OffsetBounds(positions(50, 0), positions(100, 0), positions(50, 0)));

        assertThat(LagMetrics.of(
                        List.of("fra", "nyc"),
                        answers,
                        new ReadProgress(positions(0, 0), new TreeSet<>()),
                        stopped(new Gap(FRA_0, 0, 50))))
                .contains(
                        DataPoint.of(Metric.UNREACHABLE, "nyc", 1),
                        DataPoint.ofLake(Metric.UNREACHABLE, 1),
                        DataPoint.of(Metric.HALTED, "fra", 1),
                        DataPoint.ofLake(Metric.HALTED, 1),
                        DataPoint.of(Metric.RETENTION_USED, "fra", 100))
                .noneMatch(measurement -> measurement.metric() == Metric.LAG
                        && measurement.dataCenter().filter("nyc"::equals).isPresent());
    }

    @Test
    void triggersThatComeFasterThanAnybodyLooksAreNotToldOneByOne() {
        List<Instant> told = new ArrayList<>();
        LagMetrics standings = new LagMetrics(new Metrics() {
            @Override
            public void publish(Instant at, List<DataPoint> measurements) {
                told.add(at);
            }

            @Override
            public void close() {}
        });
        for (int second = 0; second < 60; second += 5) {
            standings.publish(
                    NOW.plus(Duration.ofSeconds(second)),
                    List.of("fra"),
                    List.of("fra"),
                    Map.of(),
                    ReadProgress.EMPTY,
                    Map.of(),
                    name -> Horizon.UNKNOWN);
        }
        assertThat(told).hasSize(4).startsWith(NOW, NOW.plusSeconds(15));
    }

    @Test
    void whatAnOpenTransactionHoldsBackIsLag() {
        PartitionOffsets readable = positions(90, 40);
        OffsetBounds reach = new OffsetBounds(
                positions(0, 0),
                readable,
                positions(100, 50),
                readable,
                new TreeMap<>(),
                new TreeSet<>(Set.of(FRA_0, FRA_1)),
                List.of(),
                new TreeSet<>(),
                new TreeMap<>());

        assertThat(LagMetrics.of(
                        List.of("fra"), Map.of("fra", reach), new ReadProgress(readable, new TreeSet<>()), Map.of()))
                .contains(DataPoint.of(Metric.LAG, "fra", 20));
    }

    @Test
    void topicsThatStandStillAreCountedAndTheRestIsNot() {
        OffsetBounds reach = new OffsetBounds(
                positions(0, 0),
                positions(9, 9),
                positions(9, 9),
                positions(0, 0),
                new TreeMap<>(),
                new TreeSet<>(Set.of(FRA_0, FRA_1)),
                List.of(new Unavailable("clicks", OptionalInt.empty(), "missing", "make it")),
                new TreeSet<>(),
                new TreeMap<>());

        assertThat(LagMetrics.of(
                        List.of("fra"),
                        Map.of("fra", reach),
                        ReadProgress.EMPTY,
                        stopped(new Gap(FRA_0, 0, 5), new Gap(FRA_1, 0, 5))))
                .contains(
                        DataPoint.of(Metric.TOPICS_HALTED, "fra", 2),
                        DataPoint.ofLake(Metric.TOPICS_HALTED, 2),
                        DataPoint.of(Metric.HALTED, "fra", 1),
                        DataPoint.ofLake(Metric.HALTED, 1),
                        DataPoint.of(Metric.UNREACHABLE, "fra", 0));
    }

    @Test
    void anIdleDataCenterStaysValidAndWhoIsSilentGetsOlderAndNothingUnknownIsPublished() {
        Map<String, Horizon> horizons = Map.of(
                "fra",
                new Horizon(Optional.of(NOW), Optional.of(RetentionEnd.NEVER)),
                "nyc",
                new Horizon(Optional.of(NOW.minusSeconds(900)), Optional.of(RetentionEnd.at(NOW.plusSeconds(7_200)))),
                "sin",
                Horizon.UNKNOWN);
        List<String> all = List.of("fra", "nyc", "sin");

        assertThat(LagMetrics.of(NOW, all, all, horizons::get))
                .containsExactlyInAnyOrder(
                        DataPoint.of(Metric.VALID_THROUGH_AGE, "fra", 0),
                        DataPoint.of(Metric.VALID_THROUGH_AGE, "nyc", 900),
                        DataPoint.of(Metric.RETENTION_LEFT, "nyc", 7_200),
                        DataPoint.ofLake(Metric.VALID_THROUGH_AGE, 900),
                        DataPoint.ofLake(Metric.RETENTION_LEFT, 7_200));
        assertThat(LagMetrics.of(NOW, List.of("sin"), List.of("sin"), horizons::get))
                .isEmpty();
    }

    @Test
    void whatKafkaMayDeleteOfAPausedDataCenterIsPublishedAndThatItFallsBehindIsNot() {
        Horizon paused =
                new Horizon(Optional.of(NOW.minusSeconds(900)), Optional.of(RetentionEnd.at(NOW.plusSeconds(7_200))));

        assertThat(LagMetrics.of(NOW, List.of("fra"), List.of(), name -> paused))
                .containsExactlyInAnyOrder(
                        DataPoint.of(Metric.RETENTION_LEFT, "fra", 7_200),
                        DataPoint.ofLake(Metric.RETENTION_LEFT, 7_200));
    }

    private static Map<String, BatchPlan> stopped(Halt... stops) {
        return Map.of(
                "fra",
                new BatchPlan(
                        new TreeMap<>(),
                        PartitionOffsets.EMPTY,
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        List.of(stops)));
    }

    private static PartitionOffsets positions(long first, long second) {
        return new PartitionOffsets(new TreeMap<>(Map.of(FRA_0, first, FRA_1, second)));
    }
}
