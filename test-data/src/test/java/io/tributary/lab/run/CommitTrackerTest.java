package io.tributary.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lab.evaluate.ProcessedCounts;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CommitTrackerTest {

    private static final TopicPartitionId ONE = new TopicPartitionId("dc1", "events", 0);
    private static final TopicPartitionId TWO = new TopicPartitionId("dc2", "events", 0);

    @Test
    void allIsDoneWhenEverythingIsReadAndMerged() {
        Map<TopicPartitionId, Long> ends = Map.of(ONE, 5L, TWO, 0L);
        assertThat(standing(true, Map.of(ONE, 5L)).isDone(ends)).isTrue();
        assertThat(standing(false, Map.of(ONE, 5L)).isDone(ends)).isFalse();
        assertThat(standing(true, Map.of(ONE, 4L)).isDone(ends)).isFalse();
        assertThat(standing(true, Map.of()).isDone(ends)).isFalse();
    }

    @Test
    void whatWaitsToBeHandedOutAgainIsNotDone() {
        SortedSet<OffsetRange> pending = new TreeSet<>(List.of(new OffsetRange(ONE, 3, 5)));
        CommitTracker.Standing standing = standing(true, Map.of(ONE, 9L), pending);
        assertThat(standing.isDone(Map.of(ONE, 9L))).isFalse();
        assertThat(standing.isDone(Map.of(ONE, 4L))).isFalse();
        assertThat(standing.isDone(Map.of(ONE, 3L))).isTrue();
    }

    @Test
    void whatDoesNotChangeForTooLongIsNoticed() {
        StallDetector stallDetector = new StallDetector(Duration.ofNanos(10));
        assertThat(stallDetector.isTooLong(standing(false, Map.of(ONE, 1L)), 100))
                .isFalse();
        assertThat(stallDetector.isTooLong(standing(false, Map.of(ONE, 1L)), 110))
                .isFalse();
        assertThat(stallDetector.isTooLong(standing(false, Map.of(ONE, 2L)), 111))
                .isFalse();
        assertThat(stallDetector.isTooLong(standing(false, Map.of(ONE, 2L)), 121))
                .isFalse();
        assertThat(stallDetector.isTooLong(standing(false, Map.of(ONE, 2L)), 122))
                .isTrue();
    }

    @Test
    void totalsAreSumsOverTheDataCentres() {
        CommitTracker.Standing standing = new CommitTracker.Standing(
                Map.of("dc1", new ProcessedCounts(6, 3, 2, 1, 2, 1), "dc2", new ProcessedCounts(4, 4, 0, 0, 4, 0)),
                ReadProgress.EMPTY,
                true,
                1);
        assertThat(standing.total()).isEqualTo(new ProcessedCounts(10, 7, 2, 1, 6, 1));
        assertThat(standing.of("dc3")).isEqualTo(ProcessedCounts.NOTHING);
    }

    private static CommitTracker.Standing standing(boolean isMerged, Map<TopicPartitionId, Long> read) {
        return standing(isMerged, read, new TreeSet<>());
    }

    private static CommitTracker.Standing standing(
            boolean isMerged, Map<TopicPartitionId, Long> read, SortedSet<OffsetRange> pending) {
        ReadProgress readProgress = new ReadProgress(new PartitionOffsets(new TreeMap<>(read)), pending);
        return new CommitTracker.Standing(Map.of(), readProgress, isMerged, 0);
    }
}
