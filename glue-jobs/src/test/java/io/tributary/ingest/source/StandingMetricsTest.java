package io.tributary.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import io.tributary.metrics.Measurement;
import io.tributary.metrics.Metric;
import io.tributary.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StandingMetricsTest {

    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
    private static final PartitionId FRA_0 = new PartitionId("fra", "events", 0);
    private static final PartitionId FRA_1 = new PartitionId("fra", "events", 1);

    @Test
    void whatIsUnreadAndWhatWaitsIsLag() {
        Frontier before = new Frontier(positions(90, 40), new TreeSet<>(List.of(new OffsetRange(FRA_1, 20, 30))));
        Map<String, Reach> answers = Map.of("fra", new Reach(positions(0, 10), positions(100, 50), positions(0, 10)));

        assertThat(StandingMetrics.of(List.of("fra"), answers, before, Map.of()))
                .containsExactlyInAnyOrder(
                        Measurement.of(Metric.SILENT, "fra", 0),
                        Measurement.of(Metric.STOPPED, "fra", 0),
                        Measurement.of(Metric.TOPICS_STOPPED, "fra", 0),
                        Measurement.of(Metric.LAG, "fra", 30),
                        // Of the 40 offsets that partition 1 keeps, the 30 from the waiting range on are unread.
                        Measurement.of(Metric.RETENTION_USED, "fra", 75),
                        Measurement.ofLake(Metric.SILENT, 0),
                        Measurement.ofLake(Metric.STOPPED, 0),
                        Measurement.ofLake(Metric.TOPICS_STOPPED, 0),
                        Measurement.ofLake(Metric.LAG, 30),
                        Measurement.ofLake(Metric.RETENTION_USED, 75));
    }

    @Test
    void whoDoesNotAnswerIsSilentAndWhoCannotGoOnIsStopped() {
        Map<String, Reach> answers = Map.of("fra", new Reach(positions(50, 0), positions(100, 0), positions(50, 0)));

        assertThat(StandingMetrics.of(
                        List.of("fra", "nyc"),
                        answers,
                        new Frontier(positions(0, 0), new TreeSet<>()),
                        stopped(new Gap(FRA_0, 0, 50))))
                .contains(
                        Measurement.of(Metric.SILENT, "nyc", 1),
                        Measurement.ofLake(Metric.SILENT, 1),
                        Measurement.of(Metric.STOPPED, "fra", 1),
                        Measurement.ofLake(Metric.STOPPED, 1),
                        Measurement.of(Metric.RETENTION_USED, "fra", 100))
                .noneMatch(measurement -> measurement.metric() == Metric.LAG
                        && measurement.dataCenter().filter("nyc"::equals).isPresent());
    }

    @Test
    void triggersThatComeFasterThanAnybodyLooksAreNotToldOneByOne() {
        List<Instant> told = new ArrayList<>();
        StandingMetrics standings = new StandingMetrics(new Metrics() {
            @Override
            public void publish(Instant at, List<Measurement> measurements) {
                told.add(at);
            }

            @Override
            public void close() {}
        });
        for (int second = 0; second < 60; second += 5) {
            standings.publish(NOW.plus(Duration.ofSeconds(second)), List.of("fra"), Map.of(), Frontier.EMPTY, Map.of());
        }
        assertThat(told).hasSize(4).startsWith(NOW, NOW.plusSeconds(15));
    }

    @Test
    void whatAnOpenTransactionHoldsBackIsLag() {
        Positions readable = positions(90, 40);
        Reach reach = new Reach(
                positions(0, 0),
                readable,
                positions(100, 50),
                readable,
                new TreeMap<>(),
                new TreeSet<>(Set.of(FRA_0, FRA_1)),
                List.of(),
                new TreeSet<>());

        assertThat(StandingMetrics.of(
                        List.of("fra"), Map.of("fra", reach), new Frontier(readable, new TreeSet<>()), Map.of()))
                .contains(Measurement.of(Metric.LAG, "fra", 20));
    }

    @Test
    void topicsThatStandStillAreCountedAndTheRestIsNot() {
        Reach reach = new Reach(
                positions(0, 0),
                positions(9, 9),
                positions(9, 9),
                positions(0, 0),
                new TreeMap<>(),
                new TreeSet<>(Set.of(FRA_0, FRA_1)),
                List.of(new Unavailable("clicks", OptionalInt.empty(), "missing", "make it")),
                new TreeSet<>());

        assertThat(StandingMetrics.of(
                        List.of("fra"),
                        Map.of("fra", reach),
                        Frontier.EMPTY,
                        stopped(new Gap(FRA_0, 0, 5), new Gap(FRA_1, 0, 5))))
                .contains(
                        Measurement.of(Metric.TOPICS_STOPPED, "fra", 2),
                        Measurement.ofLake(Metric.TOPICS_STOPPED, 2),
                        Measurement.of(Metric.STOPPED, "fra", 1),
                        Measurement.ofLake(Metric.STOPPED, 1),
                        Measurement.of(Metric.SILENT, "fra", 0));
    }

    private static Map<String, BatchPlan> stopped(Stop... stops) {
        return Map.of(
                "fra",
                new BatchPlan(
                        new TreeMap<>(),
                        Positions.EMPTY,
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        List.of(stops)));
    }

    private static Positions positions(long first, long second) {
        return new Positions(new TreeMap<>(Map.of(FRA_0, first, FRA_1, second)));
    }
}
