package io.tributary.operations.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.lake.commit.FlowInfo;
import io.tributary.lake.status.Horizon;
import io.tributary.lake.status.RecordedChange;
import io.tributary.lake.status.StreamStatus;
import io.tributary.lake.status.StreamStatus.DataCenterStatus;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.operations.history.HistoryEntry.Kind;
import io.tributary.operations.status.LakeTail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final TopicPartitionId FRA = new TopicPartitionId("fra", "events", 0);
    private static final TopicPartitionId NYC = new TopicPartitionId("nyc", "events", 3);

    private final List<Commit> staging = new ArrayList<>();
    private final List<Commit> merged = new ArrayList<>();
    private Optional<StreamStatus> stream = Optional.empty();
    private boolean isWhole = true;

    @Test
    void whatWasSkippedExpiredAndTruncatedIsTold() {
        add(batch(1, "c", Set.of(range(FRA, 5, 9)), Set.of(range(FRA, 0, 5)), Set.of(range(NYC, 7, 8)), 1));

        assertThat(History.of(tail(), "staging", "merged"))
                .extracting(
                        HistoryEntry::kind, happening -> happening.dataCenter().orElse(""), HistoryEntry::words)
                .contains(
                        tuple(Kind.GAP, "fra", "fra/events-0 offsets 5 to 8 skipped for good, as an operator accepted"),
                        tuple(
                                Kind.EXPIRY,
                                "fra",
                                "fra/events-0 offsets 0 to 4 deleted by retention before the first reading"),
                        tuple(
                                Kind.HALT,
                                "nyc",
                                "nyc/events-3 offsets 7 to 7 lost by the log although they had been read; the topic is"
                                        + " halted"));
    }

    @Test
    void whoChangedADataCenterAndWhyIsToldAsTheStreamSaysIt() {
        RecordedChange change = new RecordedChange(
                NOW.minusSeconds(60),
                "me",
                RecordedChange.Action.PAUSE,
                "nyc",
                "maintenance of its brokers",
                List.of("is paused until 12:00"),
                Optional.empty());
        stream = Optional.of(new StreamStatus(NOW, Duration.ofSeconds(10), true, new TreeMap<>(), List.of(change)));

        assertThat(History.of(tail(), "staging", "merged"))
                .containsExactly(new HistoryEntry(
                        NOW.minusSeconds(60),
                        Kind.MEMBERSHIP,
                        Optional.of("nyc"),
                        "data-centers file",
                        "pause by me, because: maintenance of its brokers; is paused until 12:00"));
    }

    @Test
    void whatWasForcedIsTold() {
        RecordedChange change = new RecordedChange(
                NOW.minusSeconds(60),
                "me",
                RecordedChange.Action.REMOVE,
                "nyc",
                "its port was wrong",
                List.of("is removed"),
                Optional.empty(),
                Optional.of("no drain of it is recorded"));

        assertThat(History.edit(change).words())
                .isEqualTo("remove by force by me, because: its port was wrong; is removed; although no drain of it is"
                        + " recorded");
    }

    @Test
    void aRestartedTopicAndANewCheckpointAreTold() {
        add(batch(1, "c1", Set.of(), Set.of(), Set.of(), 1));
        add(batch(2, "c2", Set.of(), Set.of(), Set.of(), 2));

        assertThat(History.of(tail(), "staging", "merged"))
                .filteredOn(happening -> happening.table().equals("staging@1"))
                .extracting(HistoryEntry::kind)
                .contains(Kind.RESET, Kind.CHECKPOINT)
                .doesNotContain(Kind.MEMBERSHIP);
    }

    @Test
    void aDataCenterIsNewOnlyIfTheLogReachesBackToBeforeIt() {
        add(batch(1, "c", Set.of(), Set.of(), Set.of(), 1));
        assertThat(kinds()).contains(Kind.MEMBERSHIP);

        isWhole = false;
        assertThat(kinds()).doesNotContain(Kind.MEMBERSHIP);
    }

    @Test
    void aDataCenterThatTheFileNoLongerHasWasReadForTheLastTime() {
        add(batch(1, "c", Set.of(), Set.of(), Set.of(), 1));
        isWhole = false;
        stream = Optional.of(new StreamStatus(
                NOW,
                Duration.ofSeconds(10),
                true,
                new TreeMap<>(Map.of("nyc", DataCenterStatus.paused(Horizon.UNKNOWN)))));

        assertThat(History.of(tail(), "staging", "merged"))
                .filteredOn(happening -> happening.kind() == Kind.MEMBERSHIP)
                .extracting(HistoryEntry::words)
                .containsExactly("read for the last time; it is no longer in the data-centers file");
    }

    @Test
    void commitsWithoutMetadataAreToldByTheirOperation() {
        merged.add(new Commit(7, NOW.toEpochMilli(), "OPTIMIZE", Optional.empty()));
        merged.add(new Commit(8, NOW.plusSeconds(1).toEpochMilli(), "RESTORE", Optional.empty()));
        merged.add(new Commit(9, NOW.plusSeconds(2).toEpochMilli(), "UPDATE", Optional.empty()));

        assertThat(History.of(tail(), "staging", "merged"))
                .extracting(HistoryEntry::kind, HistoryEntry::table, HistoryEntry::words)
                .containsExactly(
                        tuple(Kind.OTHER, "merged@9", "UPDATE"),
                        tuple(Kind.RESTORE, "merged@8", "RESTORE"),
                        tuple(Kind.MAINTENANCE, "merged@7", "OPTIMIZE"));
    }

    private List<Kind> kinds() {
        return History.of(tail(), "staging", "merged").stream()
                .map(HistoryEntry::kind)
                .toList();
    }

    private LakeTail tail() {
        return new LakeTail(
                "file:/lake",
                NOW,
                new LakeTail.Table(staging, isWhole, OptionalLong.empty(), 0),
                new LakeTail.Table(merged, isWhole, OptionalLong.empty(), 0),
                stream);
    }

    private void add(BatchMetadata batch) {
        staging.add(new Commit(staging.size(), batch.committedAt(), "WRITE", Optional.of(batch)));
    }

    private static OffsetRange range(TopicPartitionId partition, long from, long until) {
        return new OffsetRange(partition, from, until);
    }

    /** A batch that reads one record of fra. */
    private static BatchMetadata batch(
            long sequence,
            String checkpoint,
            Set<OffsetRange> lost,
            Set<OffsetRange> expired,
            Set<OffsetRange> truncated,
            int generation) {
        return new BatchMetadata(
                sequence,
                checkpoint,
                sequence,
                NOW.toEpochMilli() + sequence * 1000,
                NOW.toEpochMilli() + sequence * 1000 + 500,
                new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.empty()),
                new TreeMap<>(Map.of(FRA, new RangeStats(20, 21, 1, 1, 0, 0, 0, 1))),
                new TreeSet<>(),
                new TreeSet<>(lost),
                new TreeSet<>(expired),
                new TreeSet<>(truncated),
                new TreeMap<>(),
                new ReadProgress(
                        new PartitionOffsets(new TreeMap<>(Map.of(FRA, 21L))),
                        new TreeSet<>(),
                        new TreeMap<>(Map.of(
                                new TopicName("fra", "events"), new TopicIdentity("cluster", "topic", generation))),
                        new TreeMap<>(),
                        new TreeSet<>(),
                        new TreeSet<>()),
                FlowInfo.UNKNOWN);
    }
}
