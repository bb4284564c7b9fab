package io.tributary.ingest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.DataCenters;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.discovery.OffsetFetcher.Silence;
import io.tributary.ingest.discovery.Unavailable;
import io.tributary.lake.status.Horizon;
import io.tributary.lake.status.RetentionEnd;
import io.tributary.lake.status.StreamStatus;
import io.tributary.lake.status.StreamStatus.DataCenterStatus;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FlowReportTest {

    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
    private static final TopicPartitionId FRA = new TopicPartitionId("fra", "events", 0);
    private static final DataCenters IN_FORCE = DataCenters.parse("""
            data_centers:
              - {name: fra, bootstrap_servers: "kafka:9092", topics: [events]}
              - {name: nyc, bootstrap_servers: "kafka:9093", topics: [events]}
              - {name: sin, bootstrap_servers: "kafka:9094", topics: [events], state: paused}
            """, "test");

    private final List<StreamStatus> told = new ArrayList<>();
    private final FlowReport report = new FlowReport(Duration.ofSeconds(10), Optional.empty(), told::add);

    @Test
    void theStatusHoldsEveryDataCenterInForce() {
        report.tell(trigger(NOW, bounds(90, 100), Map.of("fra", stopped())));

        assertThat(told)
                .containsExactly(new StreamStatus(
                        NOW,
                        Duration.ofSeconds(10),
                        true,
                        new TreeMap<>(Map.of(
                                "fra",
                                new DataCenterStatus(
                                        false,
                                        OptionalLong.of(60),
                                        OptionalDouble.of(100),
                                        Horizon.UNKNOWN,
                                        Optional.empty(),
                                        List.of("halted: "
                                                + stopped().halts().get(0).describe()),
                                        Optional.empty()),
                                "nyc",
                                DataCenterStatus.unreachable(
                                        Horizon.UNKNOWN, NOW.minusSeconds(60), "connection refused"),
                                "sin",
                                DataCenterStatus.paused(Horizon.UNKNOWN)))));
    }

    @Test
    void aDataCenterWhosePauseIsOverIsNotPaused() {
        FlowReport.Trigger paused = trigger(NOW, bounds(0, 40), Map.of());
        report.tell(new FlowReport.Trigger(
                NOW, DataCenters.parse("""
                        data_centers:
                          - {name: fra, bootstrap_servers: "kafka:9092", topics: [events], state: paused,
                             paused_until: "2026-01-31T07:59:00Z"}
                        """, "test"), true, paused.answers(), Map.of(), paused.before(), Map.of()));

        assertThat(told.get(0).dataCenters().get("fra").isPaused()).isFalse();
        assertThat(told.get(0).dataCenters().get("fra").lag()).hasValue(0);
    }

    @Test
    void theLagOfADataCenterOfWhichAPartIsUnavailableIsNotKnown() {
        OffsetBounds whole = bounds(0, 100);
        OffsetBounds part = new OffsetBounds(
                whole.earliest(),
                whole.latest(),
                whole.end(),
                whole.start(),
                whole.identities(),
                whole.partitions(),
                List.of(new Unavailable("clicks", OptionalInt.empty(), "no such topic", "make it")),
                new TreeSet<>(),
                new TreeMap<>());
        report.tell(trigger(NOW, part, Map.of()));
        report.planned(5, new TreeMap<>(Map.of("fra", part)), progress(100));

        DataCenterStatus fra = told.get(0).dataCenters().get("fra");
        assertThat(fra.lag()).isEmpty();
        assertThat(fra.trouble()).singleElement().asString().contains("topic clicks cannot be read");
        assertThat(report.lagOf(5)).isEmpty();
    }

    @Test
    void triggersThatComeFasterThanAnybodyLooksAreNotToldOneByOne() {
        for (int second = 0; second <= 30; second += 5) {
            report.tell(trigger(NOW.plusSeconds(second), bounds(0, 100), Map.of()));
        }
        assertThat(told).extracting(StreamStatus::at).containsExactly(NOW, NOW.plusSeconds(15), NOW.plusSeconds(30));
    }

    @Test
    void theLagOfABatchIsWhatItsPlanLeavesUnread() {
        report.planned(5, new TreeMap<>(Map.of("fra", bounds(0, 100))), progress(70));

        assertThat(report.lagOf(5)).containsExactly(Map.entry("fra", 30L));
        assertThat(report.lagOf(4)).isEmpty();
    }

    @Test
    void whoIsSilentKeepsItsHorizonOverARestart() {
        Instant through = NOW.minusSeconds(600);
        Horizon known = new Horizon(Optional.of(through), Optional.of(RetentionEnd.at(NOW.plusSeconds(3_600))));
        StreamStatus last = new StreamStatus(
                NOW.minusSeconds(60),
                Duration.ofSeconds(10),
                true,
                new TreeMap<>(Map.of("nyc", DataCenterStatus.unreachable(known, through, "down"))));

        new FlowReport(Duration.ofSeconds(10), Optional.of(last), told::add)
                .tell(trigger(NOW, bounds(0, 40), Map.of()));

        assertThat(told.get(0).dataCenters().get("nyc").horizon()).isEqualTo(known);
        // It answers and has no lag.
        assertThat(told.get(0).dataCenters().get("fra").horizon().validThrough())
                .contains(NOW);
    }

    private static FlowReport.Trigger trigger(Instant at, OffsetBounds fra, Map<String, BatchPlan> plans) {
        return new FlowReport.Trigger(
                at,
                IN_FORCE,
                true,
                Map.of("fra", fra),
                Map.of("nyc", new Silence(NOW.minusSeconds(60), "connection refused")),
                progress(40),
                plans);
    }

    private static BatchPlan stopped() {
        return new BatchPlan(
                new TreeMap<>(),
                PartitionOffsets.EMPTY,
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                List.of(new Gap(FRA, 40, 90)));
    }

    private static ReadProgress progress(long position) {
        return new ReadProgress(offsets(position), new TreeSet<>());
    }

    private static OffsetBounds bounds(long earliest, long latest) {
        return new OffsetBounds(offsets(earliest), offsets(latest), offsets(earliest));
    }

    private static PartitionOffsets offsets(long offset) {
        return new PartitionOffsets(new TreeMap<>(Map.of(FRA, offset)));
    }
}
