package io.tributary.ingest.plan;

import static io.tributary.lab.fixtures.SourceFixtures.partition;
import static io.tributary.lab.fixtures.SourceFixtures.positions;
import static io.tributary.lab.fixtures.SourceFixtures.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.lake.commit.FlowInfo;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReadBackoffTest {

    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
    private static final TopicPartitionId FIRST = partition("events", 0);
    private static final TopicPartitionId SECOND = partition("events", 1);

    private final ReadBackoff backoff = new ReadBackoff();
    private long sequence;

    @Test
    void aPartitionOfWhichNothingCouldBeReadRestsAndTheOthersDoNot() {
        failed(FIRST, NOW);

        assertThat(backoff.isResting(FIRST, NOW.plusSeconds(19))).isTrue();
        assertThat(backoff.isResting(FIRST, NOW.plusSeconds(20))).isFalse();
        assertThat(backoff.isResting(SECOND, NOW)).isFalse();
    }

    @Test
    void itRestsTwiceAsLongEachTimeAndTenMinutesAtMost() {
        for (int seconds : new int[] {20, 40, 80, 160, 320, 600, 600, 600}) {
            failed(FIRST, NOW);
            assertThat(backoff.isResting(FIRST, NOW.plusSeconds(seconds - 1))).isTrue();
            assertThat(backoff.isResting(FIRST, NOW.plusSeconds(seconds))).isFalse();
        }
    }

    @Test
    void whatWasReadInPartDoesNotRest() {
        backoff.update(metadata(Map.of(FIRST, read(0, 5)), Set.of(range(0, 5, 9)), Map.of(FIRST, "gone")), NOW);

        assertThat(backoff.isResting(FIRST, NOW)).isFalse();
    }

    @Test
    void aReadingEndsTheRestAndItBeginsSmallAgain() {
        failed(FIRST, NOW);
        failed(FIRST, NOW);
        backoff.update(metadata(Map.of(FIRST, read(0, 5)), Set.of(), Map.of()), NOW);
        assertThat(backoff.isResting(FIRST, NOW)).isFalse();

        failed(FIRST, NOW);
        assertThat(backoff.isResting(FIRST, NOW.plusSeconds(20))).isFalse();
    }

    @Test
    void whoOnlyHadNoTimeDoesNotRest() {
        backoff.update(metadata(Map.of(), Set.of(range(0, 5, 9)), Map.of()), NOW);

        assertThat(backoff.isResting(FIRST, NOW)).isFalse();
    }

    @Test
    void aBatchIsLearntFromOnce() {
        BatchMetadata once = metadata(Map.of(), Set.of(range(0, 5, 9)), Map.of(FIRST, "gone"));
        backoff.update(once, NOW);
        backoff.update(once, NOW);

        assertThat(backoff.isResting(FIRST, NOW.plusSeconds(20))).isFalse();
    }

    private void failed(TopicPartitionId partition, Instant now) {
        backoff.update(metadata(Map.of(), Set.of(new OffsetRange(partition, 5, 9)), Map.of(partition, "gone")), now);
    }

    private static RangeStats read(long from, long until) {
        return new RangeStats(from, until, until - from, until - from, 0, 0, 0, 1);
    }

    private BatchMetadata metadata(
            Map<TopicPartitionId, RangeStats> ranges, Set<OffsetRange> deferred, Map<TopicPartitionId, String> errors) {
        SortedMap<TopicPartitionId, RangeStats> sorted = new TreeMap<>(ranges);
        return new BatchMetadata(
                ++sequence,
                "c",
                sequence,
                sequence,
                sequence,
                new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.empty()),
                sorted,
                new TreeSet<>(deferred),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeMap<>(errors),
                new ReadProgress(positions(9, 9), new TreeSet<>(deferred)),
                FlowInfo.UNKNOWN);
    }
}
