package io.tributary.operations.datacenter.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.discovery.Unavailable;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.lake.commit.FlowInfo;
import io.tributary.lake.status.RecordedChange;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.operations.datacenter.ClusterAnswer;
import io.tributary.operations.datacenter.check.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
    private static final TopicPartitionId SIN = new TopicPartitionId("sin2", "events", 0);
    private static final TopicPartitionId FRA = new TopicPartitionId("fra1", "events", 0);
    private static final ClusterAnswer SILENT = new ClusterAnswer(Optional.empty(), "TimeoutException: no node");
    private static final CheckResult REFUSED = new CheckResult(
            CheckResult.Level.FAIL, "broker", "s:9093: nothing listens on port 9093 (refused)", "correct the port");

    /** Newest first: two batches of another data center, and one with records of both. */
    private static final RecentBatches BATCHES = RecentBatches.of(
            List.of(
                    batch(3, Duration.ofSeconds(5), Map.of(FRA, read(20, 30)), List.of(), Map.of()),
                    batch(
                            2,
                            Duration.ofMinutes(45),
                            Map.of(FRA, read(10, 20)),
                            List.of(new OffsetRange(SIN, 100, 150)),
                            Map.of(SIN, "DisconnectException: gone")),
                    batch(
                            1,
                            Duration.ofMinutes(89),
                            Map.of(FRA, read(0, 10), SIN, read(50, 100)),
                            List.of(),
                            Map.of())),
            "sin2");

    @Test
    void batchesSayWhenItWasLastReadAndWhoElseWas() {
        assertThat(BATCHES.lastRead()).contains(NOW.minus(Duration.ofMinutes(89)));
        assertThat(BATCHES.since()).isEqualTo(2);
        assertThat(BATCHES.deferrals()).isEqualTo(1);
        assertThat(BATCHES.errors()).containsExactly("DisconnectException: gone");
        assertThat(BATCHES.others()).containsExactly("fra1");
    }

    @Test
    void whoDoesNotAnswerIsExplainedByTheCheck() {
        Explanation explanation = explained("", SILENT, List.of(REFUSED), BATCHES);

        assertThat(explanation.isWrong()).isTrue();
        assertThat(explanation.text().lines())
                .containsExactly(
                        "what    sin2 does not answer: s:9093: nothing listens on port 9093 (refused)",
                        "since   2026-01-31T06:31:00Z, the last batch with records of it (89 min ago, 2 batches since)",
                        "others  nobody; read meanwhile: fra1",
                        "safe    its offsets are kept, and what is in Kafka stays there until retention deletes it;"
                                + " nothing is skipped",
                        "do      correct the port",
                        "seen    broker: s:9093: nothing listens on port 9093 (refused)",
                        "next: tributary dc check sin2");
        assertThat(explanation.json()).contains("\"wrong\" : true", "\"do\" : \"correct the port\"");
    }

    @Test
    void aPauseIsNothingWrong() {
        Explanation explanation =
                explained(", state: paused, paused_until: '2026-01-31T09:00:00Z'", SILENT, List.of(REFUSED), BATCHES);

        assertThat(explanation.isWrong()).isFalse();
        assertThat(explanation.what()).isEqualTo("is paused until 2026-01-31T09:00:00Z, by ann: upgrade");
        assertThat(explanation.next()).isEqualTo("tributary dc resume sin2");
    }

    @Test
    void aGapHaltsItUntilSomebodyDecides() {
        Explanation explanation = explained("", answer(120, 200), List.of(), read(100));

        assertThat(explanation.isWrong()).isTrue();
        assertThat(explanation.what()).startsWith("is halted in part: ").contains("events-0");
        assertThat(explanation.evidence()).hasSize(1);
    }

    @Test
    void aTopicThatCannotBeReadIsNamed() {
        OffsetBounds none = new OffsetBounds(
                PartitionOffsets.EMPTY,
                PartitionOffsets.EMPTY,
                PartitionOffsets.EMPTY,
                PartitionOffsets.EMPTY,
                new TreeMap<>(),
                new TreeSet<>(),
                List.of(new Unavailable("events", OptionalInt.empty(), "there is none", "make the topic")),
                new TreeSet<>(),
                new TreeMap<>());

        Explanation explanation = explained("", new ClusterAnswer(Optional.of(none), ""), List.of(), read(100));

        assertThat(explanation.what()).isEqualTo("is not read in part: topic events: there is none");
        assertThat(explanation.remedy()).isEqualTo("make the topic");
    }

    @Test
    void aStreamThatDoesNotRunIsEverybodysTrouble() {
        RecentBatches old = RecentBatches.of(
                List.of(batch(1, Duration.ofHours(3), Map.of(SIN, read(50, 100)), List.of(), Map.of())), "sin2");

        Explanation explanation = explained("", answer(0, 130), List.of(), old);

        assertThat(explanation.what())
                .isEqualTo("answers, and 30 of its records wait, because no batch of any data" + " center is written");
        assertThat(explanation.since()).startsWith("2026-01-31T05:00:00Z");
        assertThat(explanation.others()).startsWith("everybody");
    }

    @Test
    void rangesThatCannotBeReadAreToldWithTheirErrors() {
        Explanation explanation = explained("", answer(0, 150), List.of(), BATCHES);

        assertThat(explanation.what()).isEqualTo("answers, and 50 of its offsets could not be read so far");
        assertThat(explanation.evidence()).containsExactly("DisconnectException: gone");
    }

    @Test
    void whoIsReadToItsEndIsFine() {
        Explanation explanation = explained("", answer(0, 100), List.of(), read(100));

        assertThat(explanation.isWrong()).isFalse();
        assertThat(explanation.what()).isEqualTo("is fine: everything that it has is read");
    }

    @Test
    void recordsThatAreRefusedAreToldLast() {
        CheckResult refused =
                new CheckResult(CheckResult.Level.WARN, "records", "10 of 200 would be refused", "compare event");

        Explanation explanation = explained("", answer(0, 100), List.of(refused), read(100));

        assertThat(explanation.isWrong()).isTrue();
        assertThat(explanation.what()).isEqualTo("sends what is no event: 10 of 200 would be refused");
    }

    @Test
    void whoHasNoRecordsYetSendsNoneThatAreRefused() {
        CheckResult none = new CheckResult(
                CheckResult.Level.UNKNOWN,
                "records",
                "there is none to try the decoder on",
                "repeat the check when producers have begun");

        Explanation explanation = explained("", answer(0, 100), List.of(none), read(100));

        assertThat(explanation.isWrong()).isFalse();
        assertThat(explanation.what()).isEqualTo("is fine: everything that it has is read");
    }

    @Test
    void whatWasNeverReadWaitsForTheNextBatch() {
        RecentBatches others =
                RecentBatches.of(List.of(batch(1, Duration.ofSeconds(5), Map.of(), List.of(), Map.of())), "sin2");

        assertThat(explained("", answer(0, 150), List.of(), others).what())
                .startsWith("is fine, and nothing of it was read lately: 50 records wait for the next batch");
    }

    @Test
    void fewRefusedRecordsAreSeenAndCallNobody() {
        CheckResult refused = new CheckResult(CheckResult.Level.WARN, "records", "1 of 200 would be refused", "");

        Explanation explanation = explained("", answer(0, 100), List.of(refused), read(100));

        assertThat(explanation.isWrong()).isFalse();
        assertThat(explanation.evidence()).containsExactly("records: 1 of 200 would be refused");
    }

    @Test
    void aTripOfTheBreakerIsToldAsTheStreamSaysIt() {
        String trip = "90 of the last 100 records were rejected, beginning at sin2/events-0 offset 7; to go on, put"
                + " accept_rejects: [events-0 from offset 7] into the entry of the data center";

        Explanation explanation = explained("", answer(0, 150), List.of(), BATCHES, List.of("halted: " + trip));

        assertThat(explanation.isWrong()).isTrue();
        assertThat(explanation.what()).isEqualTo("is halted: " + trip);
        assertThat(explanation.next()).isEqualTo("tributary dc resume sin2");
    }

    private static Explanation explained(
            String keys, ClusterAnswer answer, List<CheckResult> results, RecentBatches batches) {
        return explained(keys, answer, results, batches, List.of());
    }

    private static Explanation explained(
            String keys, ClusterAnswer answer, List<CheckResult> results, RecentBatches batches, List<String> told) {
        DataCenter center = DataCenters.parse(
                        "data_centers: [{name: sin2, bootstrap_servers: 's:9093', topics: [events]" + keys + "}]",
                        "file")
                .all()
                .get(0);
        RecordedChange change = new RecordedChange(
                NOW, "ann", RecordedChange.Action.PAUSE, "sin2", "upgrade", List.of(), Optional.empty());
        return new Diagnosis(center, NOW, Optional.of(change), batches, told, answer, results).explanation();
    }

    private static ClusterAnswer answer(long earliest, long end) {
        PartitionOffsets first = new PartitionOffsets(new TreeMap<>(Map.of(SIN, earliest)));
        return new ClusterAnswer(
                Optional.of(new OffsetBounds(first, new PartitionOffsets(new TreeMap<>(Map.of(SIN, end))), first)), "");
    }

    private static RecentBatches read(long until) {
        return RecentBatches.of(
                List.of(batch(1, Duration.ofSeconds(5), Map.of(SIN, read(50, until)), List.of(), Map.of())), "sin2");
    }

    private static RangeStats read(long from, long until) {
        return new RangeStats(from, until, until - from, until - from, 0, 0, 0, 5);
    }

    private static BatchMetadata batch(
            long sequence,
            Duration age,
            Map<TopicPartitionId, RangeStats> ranges,
            List<OffsetRange> deferred,
            Map<TopicPartitionId, String> errors) {
        TreeMap<TopicPartitionId, Long> positions = new TreeMap<>(Map.of(SIN, 100L, FRA, 30L));
        TreeSet<OffsetRange> pending = new TreeSet<>();
        if (sequence > 1) {
            positions.put(SIN, 150L);
            pending.add(new OffsetRange(SIN, 100, 150));
        }
        long at = NOW.minus(age).toEpochMilli();
        return new BatchMetadata(
                sequence,
                "from-1",
                sequence,
                at - 10,
                at,
                new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.empty()),
                new TreeMap<>(ranges),
                new TreeSet<>(deferred),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeMap<>(errors),
                new ReadProgress(new PartitionOffsets(positions), pending),
                FlowInfo.UNKNOWN);
    }
}
