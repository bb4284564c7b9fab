package io.tributary.ingest.plan;

import static io.tributary.lab.fixtures.SourceFixtures.partition;
import static io.tributary.lab.fixtures.SourceFixtures.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.TopicPartitionId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReadQuotaTest {

    private static final ReadQuota SHARE = new ReadQuota(100);

    @Test
    void whatFitsTheShareIsReadToTheEnd() {
        assertThat(share(range(0, 10, 70), range(1, 20, 60))).containsExactly(range(0, 10, 70), range(1, 20, 60));
    }

    @Test
    void partitionsWithABacklogGetAlike() {
        assertThat(share(range(0, 0, 9000), range(1, 1000, 2000)))
                .containsExactly(range(0, 0, 50), range(1, 1000, 1050));
    }

    @Test
    void aPartitionThatComesBackWithABacklogDoesNotSlowTheOthers() {
        assertThat(share(range(0, 0, 100_000_000), range(1, 500, 510), range(2, 700, 720)))
                .containsExactly(range(0, 0, 70), range(1, 500, 510), range(2, 700, 720));
    }

    @Test
    void aTopicWithABacklogInManyPartitionsDoesNotSlowAnother() {
        OffsetRange live = new OffsetRange(partition("live", 0), 500, 540);
        List<OffsetRange> all = new ArrayList<>(List.of(live));
        for (int i = 0; i < 30; i++) {
            all.add(new OffsetRange(partition("old", i), 0, 1_000_000));
        }

        assertThat(share(all.toArray(OffsetRange[]::new)))
                .contains(live, new OffsetRange(partition("old", 0), 0, 2))
                .hasSize(31);
    }

    @Test
    void aPartitionWithLittleWaitingIsNotStarved() {
        assertThat(share(range(0, 0, 1_000_000_000), range(1, 0, 1))).containsExactly(range(0, 0, 99), range(1, 0, 1));
    }

    @Test
    void theShareIsExceededByLessThanARecordForEachPartition() {
        assertThat(share(range(0, 0, 1000), range(1, 0, 1000), range(2, 0, 1000)))
                .containsExactly(range(0, 0, 34), range(1, 0, 34), range(2, 0, 34));
    }

    @Test
    void nothingIsReadBeyondTheEnd() {
        long far = Long.MAX_VALUE / 4;
        OffsetRange two = range(0, far - 2, far);
        OffsetRange other = range(1, far - 1, far + 1);

        assertThat(new ReadQuota(Long.MAX_VALUE).of(byPartition(two, other))).containsExactly(two, other);
        assertThat(new ReadQuota(3).of(byPartition(two, other)))
                .allMatch(range -> range.until() <= (range.partition().equals(partition("events", 0)) ? far : far + 1));
    }

    @Test
    void whereNothingWaitsNothingMoves() {
        assertThat(share()).isEmpty();
    }

    private static SortedSet<OffsetRange> share(OffsetRange... readable) {
        return SHARE.of(byPartition(readable));
    }

    private static SortedMap<TopicPartitionId, OffsetRange> byPartition(OffsetRange... ranges) {
        SortedMap<TopicPartitionId, OffsetRange> sorted = new TreeMap<>();
        Arrays.stream(ranges).forEach(range -> sorted.put(range.partition(), range));
        return sorted;
    }
}
