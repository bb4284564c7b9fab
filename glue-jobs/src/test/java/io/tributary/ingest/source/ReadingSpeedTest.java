package io.tributary.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.account.BatchAccount;
import io.tributary.account.Frontier;
import io.tributary.account.PartitionId;
import io.tributary.account.Range;
import io.tributary.account.StateSpan;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReadingSpeedTest {

    private static final Duration TARGET = Duration.ofSeconds(10);

    private final ReadingSpeed speed = new ReadingSpeed(100_000, TARGET, name -> name.equals("sick") ? 2 : 0);
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
    void itGrowsAgainDoublingWhileItKeepsUp() {
        learn("fra", 100_000, 40_000);
        learn("fra", 25_000, 9_000);
        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(50_000));
        learn("fra", 50_000, 9_000);
        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(100_000));
        learn("fra", 100_000, 9_000);
        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(100_000));
    }

    @Test
    void aFewRecordsSaySoLittleThatTheShareStaysAboveThem() {
        learn("fra", 3, 60_000);

        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(100));
    }

    @Test
    void aBatchIsLearntFromOnce() {
        learn("fra", 100_000, 40_000);
        BatchAccount again = account(sequence, ranges("fra", 25_000, 1_000));
        speed.learn(again);
        speed.learn(again);

        assertThat(speed.shareOf("fra")).isEqualTo(new FairShare(25_000));
    }

    @Test
    void whoWasDeferredBeginsSmallAndGrows() {
        assertThat(speed.shareOf("sick")).isEqualTo(new FairShare(6_250));
        learn("sick", 6_250, 2_000);
        assertThat(speed.shareOf("sick")).isEqualTo(new FairShare(12_500));
    }

    @Test
    void howeverOftenItWasDeferredSomethingIsAskedFor() {
        assertThat(new ReadingSpeed(100_000, TARGET, name -> 50).shareOf("fra")).isEqualTo(new FairShare(100));
        assertThat(new ReadingSpeed(7, TARGET, name -> 50).shareOf("fra")).isEqualTo(new FairShare(7));
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
        return new BatchAccount(
                sequence,
                "c",
                sequence,
                sequence,
                sequence,
                new StateSpan("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.empty()),
                ranges,
                new TreeSet<>(),
                new TreeSet<>(),
                Frontier.EMPTY);
    }
}
