package io.tributary.ingest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.discovery.TopicRetention;
import io.tributary.ingest.discovery.Unavailable;
import io.tributary.lake.commit.AppendTimes;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.lake.commit.FlowInfo;
import io.tributary.lake.status.Horizon;
import io.tributary.lake.status.RetentionEnd;
import io.tributary.lake.status.StreamStatus;
import io.tributary.lake.status.StreamStatus.DataCenterStatus;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HorizonsTest {

    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
    private static final TopicPartitionId FRA = new TopicPartitionId("fra", "events", 0);
    private static final Duration DAY = Duration.ofDays(1);
    private static final TopicRetention ONE_DAY = new TopicRetention(Optional.of(DAY), OptionalLong.empty());

    private final Horizons horizons = new Horizons(Optional.empty());

    @Test
    void whatComesWhileNothingIsUnreadStaysForTheWholeRetention() {
        trigger(NOW, 40, 0, 40, ONE_DAY);
        assertThat(end()).contains(RetentionEnd.at(NOW.plus(DAY)));
        assertThat(horizons.of("fra").validThrough()).contains(NOW);
    }

    @Test
    void whatIsUnreadCameAfterTheTriggerThatSawTheLogEndThere() {
        trigger(NOW, 40, 0, 40, ONE_DAY);
        trigger(NOW.plusSeconds(10), 40, 0, 70, ONE_DAY);
        trigger(NOW.plusSeconds(20), 40, 0, 90, ONE_DAY);
        assertThat(end()).contains(RetentionEnd.at(NOW.plus(DAY)));
        assertThat(horizons.of("fra").validThrough()).contains(NOW);

        trigger(NOW.plusSeconds(30), 70, 0, 90, ONE_DAY);
        assertThat(end()).contains(RetentionEnd.at(NOW.plusSeconds(10).plus(DAY)));
        trigger(NOW.plusSeconds(40), 90, 0, 90, ONE_DAY);
        assertThat(end()).contains(RetentionEnd.at(NOW.plusSeconds(40).plus(DAY)));
    }

    @Test
    void theTimesOfWhatWasReadTellWhereABacklogStands() {
        trigger(NOW, 0, 0, 1_000, ONE_DAY);
        assertThat(end()).isEmpty();

        horizons.note(batch(5, NOW.minusSeconds(36_000), 7L));
        trigger(NOW.plusSeconds(10), 500, 0, 1_000, ONE_DAY);
        assertThat(end()).contains(RetentionEnd.at(NOW.minusSeconds(36_000).plus(DAY)));
        assertThat(horizons.of("fra").validThrough()).isEmpty();
    }

    @Test
    void timesOfWhatCameAfterADeferredRangeDoNotCountForIt() {
        trigger(NOW, 40, 0, 40, ONE_DAY);
        horizons.note(batch(5, NOW.plusSeconds(3_000), 0L));
        note(NOW.plusSeconds(3_600), bounds(0, 900, ONE_DAY), progress(900, new OffsetRange(FRA, 40, 50)));

        assertThat(end()).contains(RetentionEnd.at(NOW.plus(DAY)));
    }

    @Test
    void aProducerWhoseClockIsAheadGainsNoTime() {
        horizons.note(batch(5, NOW.plus(Duration.ofDays(9_000)), 7L));
        trigger(NOW, 500, 0, 1_000, ONE_DAY);
        assertThat(end()).contains(RetentionEnd.at(NOW.plus(DAY)));
    }

    @Test
    void aSizeLimitCountsOnceKafkaHasDeletedSomething() {
        TopicRetention bySize = new TopicRetention(Optional.empty(), OptionalLong.of(1_000_000));
        trigger(NOW, 900, 0, 1_000, bySize);
        assertThat(end()).contains(RetentionEnd.NEVER);

        trigger(NOW.plusSeconds(10), 900, 100, 1_100, bySize);
        assertThat(end()).as("the rate is not known yet").isEmpty();

        // 1,200 offsets came in 120 s, and 600 lie before the first that is unread.
        trigger(NOW.plusSeconds(120), 900, 300, 2_200, bySize);
        assertThat(end()).contains(RetentionEnd.at(NOW.plusSeconds(120 + 60)));
    }

    @Test
    void withoutTheTopicsSettingsNothingIsKnown() {
        note(NOW, new OffsetBounds(offsets(0), offsets(40), offsets(0)), progress(40));
        assertThat(end()).isEmpty();
        assertThat(horizons.of("fra").validThrough()).contains(NOW);
    }

    @Test
    void aRestartRemembersWhatWasKnownOfPartitionsThatWereRead() {
        RetentionEnd known = RetentionEnd.at(NOW.plusSeconds(3_600));
        Horizons restarted = new Horizons(Optional.of(new StreamStatus(
                NOW,
                Duration.ofSeconds(10),
                true,
                new TreeMap<>(Map.of(
                        "fra",
                        DataCenterStatus.paused(new Horizon(Optional.of(NOW.minusSeconds(9)), Optional.of(known))))))));

        restarted.note("fra", NOW.plusSeconds(60), bounds(0, 90, ONE_DAY), progress(40));

        assertThat(restarted.of("fra")).isEqualTo(new Horizon(Optional.of(NOW.minusSeconds(9)), Optional.of(known)));
        // Of a partition that was never read it says nothing.
        restarted.note("fra", NOW.plusSeconds(70), bounds(0, 90, ONE_DAY), ReadProgress.EMPTY);
        assertThat(restarted.of("fra").retentionEnd()).isEmpty();
    }

    @Test
    void aPartThatDoesNotAnswerHoldsBothBack() {
        trigger(NOW, 40, 0, 40, ONE_DAY);
        OffsetBounds whole = bounds(0, 40, ONE_DAY);
        note(
                NOW.plusSeconds(600),
                new OffsetBounds(
                        whole.earliest(),
                        whole.latest(),
                        whole.end(),
                        whole.start(),
                        whole.identities(),
                        whole.partitions(),
                        List.of(new Unavailable("events", OptionalInt.of(1), "no leader", "")),
                        whole.truncated(),
                        whole.retentions()),
                progress(40));

        assertThat(horizons.of("fra"))
                .isEqualTo(new Horizon(Optional.of(NOW), Optional.of(RetentionEnd.at(NOW.plus(DAY)))));
    }

    @Test
    void aBatchThatLeavesNothingMovesValidThroughToItsPlan() {
        horizons.note(batch(NOW.toEpochMilli(), NOW, 0L));
        assertThat(horizons.of("fra").validThrough()).contains(NOW);
        horizons.note(batch(NOW.toEpochMilli() + 9, NOW, 1L));
        assertThat(horizons.of("fra").validThrough()).contains(NOW);
    }

    @Test
    void aLongBacklogIsFollowedWithAFewSamplesAndNeverTooLate() {
        OldestUnread watched = new OldestUnread();
        for (int second = 0; second < 10_000; second++) {
            watched.at(NOW.plusSeconds(second), 0, second, false);
        }
        Instant since =
                watched.at(NOW.plusSeconds(10_000), 5_000, 10_000, false).orElseThrow();
        assertThat(since).isBetween(NOW.plusSeconds(4_500), NOW.plusSeconds(5_000));
    }

    private Optional<RetentionEnd> end() {
        return horizons.of("fra").retentionEnd();
    }

    private void trigger(Instant at, long position, long earliest, long end, TopicRetention retention) {
        note(at, bounds(earliest, end, retention), progress(position));
    }

    private void note(Instant at, OffsetBounds reach, ReadProgress before) {
        horizons.note("fra", at, reach, before);
    }

    private static OffsetBounds bounds(long earliest, long end, TopicRetention retention) {
        OffsetBounds bounds = new OffsetBounds(offsets(earliest), offsets(end), offsets(earliest));
        return new OffsetBounds(
                bounds.earliest(),
                bounds.latest(),
                bounds.end(),
                bounds.start(),
                bounds.identities(),
                bounds.partitions(),
                bounds.unavailable(),
                bounds.truncated(),
                new TreeMap<>(Map.of("events", retention)));
    }

    private static ReadProgress progress(long position, OffsetRange... pending) {
        return new ReadProgress(offsets(position), new TreeSet<>(List.of(pending)));
    }

    private static PartitionOffsets offsets(long offset) {
        return new PartitionOffsets(new TreeMap<>(Map.of(FRA, offset)));
    }

    private static BatchMetadata batch(long plannedAt, Instant appended, long lag) {
        long time = appended.toEpochMilli();
        return new BatchMetadata(
                        1,
                        "checkpoint",
                        1,
                        plannedAt,
                        plannedAt + 1,
                        new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 2, Optional.empty()),
                        new TreeMap<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        ReadProgress.EMPTY)
                .withFlow(new FlowInfo(
                        new TreeMap<>(Map.of("fra", lag)),
                        new TreeMap<>(),
                        new TreeMap<>(Map.of(FRA, new AppendTimes(9, time, time, time, time)))));
    }
}
