package io.tributary.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.account.BatchAccount;
import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.account.Range;
import io.tributary.account.StateSpan;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReadingSpeedTest {

    private static final Duration TARGET = Duration.ofSeconds(10);

    private final ReadingSpeed speed = new ReadingSpeed(100_000, TARGET);
    private long sequence;

    @Test
    void whoIsNotKnownMayGiveAll() {
        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(100_000));
    }

    @Test
    void whoKeepsUpMayGiveAll() {
        learn("fra", 100_000, 10_000);

        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(100_000));
    }

    @Test
    void aSlowOnesShareShrinksToWhatItDeliversInTime() {
        learn("fra", 100_000, 40_000);

        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(25_000));
        assertThat(speed.shareOf("nyc")).isEqualTo(new FairShare(100_000));
    }

    @Test
    void theTimesOfItsPartitionsAddUp() {
        SortedMap<PartitionId, Range> ranges = new TreeMap<>();
        ranges.put(new PartitionId("fra", "events", 0), range(50_000, 15_000));
        ranges.put(new PartitionId("fra", "events", 1), range(50_000, 25_000));
        speed.learn(account(1, ranges));

        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(25_000));
    }

    @Test
    void itGrowsAgainByWhatFitsIntoTheTimeAndDoublesAtMost() {
        learn("fra", 100_000, 40_000);
        learn("fra", 25_000, 8_000);
        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(31_250));
        learn("fra", 31_250, 5_000);
        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(62_500));
        learn("fra", 62_500, 1_000);
        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(100_000));
    }

    @Test
    void aVerySlowOneIsAskedForWhatItDelivers() {
        learn("fra", 3, 60_000);

        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(1));
    }

    @Test
    void whoStalledIsAskedForWhatItGave() {
        SortedSet<OffsetRange> left =
                new TreeSet<>(Set.of(new OffsetRange(new PartitionId("fra", "events", 0), 40, 90)));
        speed.learn(account(++sequence, ranges("fra", 40, 6_000), left));

        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(40));
    }

    @Test
    void offsetsWithoutARecordCostNothing() {
        SortedMap<PartitionId, Range> sparse = new TreeMap<>();
        sparse.put(new PartitionId("fra", "events", 0), new Range(0, 100_000, 50, 50, 0, 0, 0, 10));
        speed.learn(account(++sequence, sparse));

        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(200_000_000));
    }

    @Test
    void anEmptyStretchIsPassedInGrowingSteps() {
        SortedMap<PartitionId, Range> empty = new TreeMap<>();
        empty.put(new PartitionId("fra", "events", 0), new Range(0, 100_000, 0, 0, 0, 0, 0, 10));
        speed.learn(account(++sequence, empty));
        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(1_000_000));
        speed.learn(account(++sequence, empty));
        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(10_000_000));

        learn("fra", 1_000, 10);
        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(100_000));
    }

    @Test
    void aBatchIsLearntFromOnce() {
        learn("fra", 100_000, 40_000);
        BatchAccount again = account(sequence, ranges("fra", 25_000, 1_000));
        speed.learn(again);
        speed.learn(again);

        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(25_000));
    }

    private void learn(String dataCenter, long read, long millis) {
        speed.learn(account(++sequence, ranges(dataCenter, read, millis)));
    }

    private static SortedMap<PartitionId, Range> ranges(String dataCenter, long read, long millis) {
        SortedMap<PartitionId, Range> ranges = new TreeMap<>();
        ranges.put(new PartitionId(dataCenter, "events", 0), range(read, millis));
        return ranges;
    }

    private static Range range(long read, long millis) {
        return new Range(0, read, read, read, 0, 0, 0, millis);
    }

    private static BatchAccount account(long sequence, SortedMap<PartitionId, Range> ranges) {
        return account(sequence, ranges, new TreeSet<>());
    }

    private static BatchAccount account(
            long sequence, SortedMap<PartitionId, Range> ranges, SortedSet<OffsetRange> deferred) {
        return new BatchAccount(
                sequence,
                "c",
                sequence,
                sequence,
                sequence,
                new StateSpan("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.empty()),
                ranges,
                deferred,
                new TreeSet<>(),
                Frontier.EMPTY);
    }
}
