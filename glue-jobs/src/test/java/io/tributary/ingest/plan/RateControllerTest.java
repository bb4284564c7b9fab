package io.tributary.ingest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RateControllerTest {

    private static final Duration TARGET = Duration.ofSeconds(10);

    private final RateController rate = new RateController(100_000, TARGET);
    private long sequence;

    @Test
    void whoIsNotKnownMayGiveAll() {
        assertThat(rate.shareOf("fra")).isEqualTo(new ReadQuota(100_000));
    }

    @Test
    void whoKeepsUpMayGiveAll() {
        update("fra", 100_000, 10_000);

        assertThat(rate.shareOf("fra")).isEqualTo(new ReadQuota(100_000));
    }

    @Test
    void aSlowOnesShareShrinksToWhatItDeliversInTime() {
        update("fra", 100_000, 40_000);

        assertThat(rate.shareOf("fra")).isEqualTo(new ReadQuota(25_000));
        assertThat(rate.shareOf("nyc")).isEqualTo(new ReadQuota(100_000));
    }

    @Test
    void theTimesOfItsPartitionsAddUp() {
        SortedMap<TopicPartitionId, RangeStats> ranges = new TreeMap<>();
        ranges.put(new TopicPartitionId("fra", "events", 0), range(50_000, 15_000));
        ranges.put(new TopicPartitionId("fra", "events", 1), range(50_000, 25_000));
        rate.update(metadata(1, ranges));

        assertThat(rate.shareOf("fra")).isEqualTo(new ReadQuota(25_000));
    }

    @Test
    void itGrowsAgainByWhatFitsIntoTheTimeAndDoublesAtMost() {
        update("fra", 100_000, 40_000);
        update("fra", 25_000, 8_000);
        assertThat(rate.shareOf("fra")).isEqualTo(new ReadQuota(31_250));
        update("fra", 31_250, 5_000);
        assertThat(rate.shareOf("fra")).isEqualTo(new ReadQuota(62_500));
        update("fra", 62_500, 1_000);
        assertThat(rate.shareOf("fra")).isEqualTo(new ReadQuota(100_000));
    }

    @Test
    void aVerySlowOneIsAskedForWhatItDelivers() {
        update("fra", 3, 60_000);

        assertThat(rate.shareOf("fra")).isEqualTo(new ReadQuota(1));
    }

    @Test
    void whoStalledIsAskedForWhatItGave() {
        SortedSet<OffsetRange> left =
                new TreeSet<>(Set.of(new OffsetRange(new TopicPartitionId("fra", "events", 0), 40, 90)));
        rate.update(metadata(++sequence, ranges("fra", 40, 6_000), left));

        assertThat(rate.shareOf("fra")).isEqualTo(new ReadQuota(40));
    }

    @Test
    void offsetsWithoutARecordCostNothing() {
        SortedMap<TopicPartitionId, RangeStats> sparse = new TreeMap<>();
        sparse.put(new TopicPartitionId("fra", "events", 0), new RangeStats(0, 100_000, 50, 50, 0, 0, 0, 10));
        rate.update(metadata(++sequence, sparse));

        assertThat(rate.shareOf("fra")).isEqualTo(new ReadQuota(200_000_000));
    }

    @Test
    void anEmptyStretchIsPassedInGrowingSteps() {
        SortedMap<TopicPartitionId, RangeStats> empty = new TreeMap<>();
        empty.put(new TopicPartitionId("fra", "events", 0), new RangeStats(0, 100_000, 0, 0, 0, 0, 0, 10));
        rate.update(metadata(++sequence, empty));
        assertThat(rate.shareOf("fra")).isEqualTo(new ReadQuota(1_000_000));
        rate.update(metadata(++sequence, empty));
        assertThat(rate.shareOf("fra")).isEqualTo(new ReadQuota(10_000_000));

        update("fra", 1_000, 10);
        assertThat(rate.shareOf("fra")).isEqualTo(new ReadQuota(100_000));
    }

    @Test
    void aBatchIsLearntFromOnce() {
        update("fra", 100_000, 40_000);
        BatchMetadata again = metadata(sequence, ranges("fra", 25_000, 1_000));
        rate.update(again);
        rate.update(again);

        assertThat(rate.shareOf("fra")).isEqualTo(new ReadQuota(25_000));
    }

    private void update(String dataCenter, long read, long millis) {
        rate.update(metadata(++sequence, ranges(dataCenter, read, millis)));
    }

    private static SortedMap<TopicPartitionId, RangeStats> ranges(String dataCenter, long read, long millis) {
        SortedMap<TopicPartitionId, RangeStats> ranges = new TreeMap<>();
        ranges.put(new TopicPartitionId(dataCenter, "events", 0), range(read, millis));
        return ranges;
    }

    private static RangeStats range(long read, long millis) {
        return new RangeStats(0, read, read, read, 0, 0, 0, millis);
    }

    private static BatchMetadata metadata(long sequence, SortedMap<TopicPartitionId, RangeStats> ranges) {
        return metadata(sequence, ranges, new TreeSet<>());
    }

    private static BatchMetadata metadata(
            long sequence, SortedMap<TopicPartitionId, RangeStats> ranges, SortedSet<OffsetRange> deferred) {
        return new BatchMetadata(
                sequence,
                "c",
                sequence,
                sequence,
                sequence,
                new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.empty()),
                ranges,
                deferred,
                new TreeSet<>(),
                ReadProgress.EMPTY);
    }
}
