package io.tributary.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import io.tributary.lab.evaluate.Carried;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StandingTest {

    private static final PartitionId ONE = new PartitionId("dc1", "events", 0);
    private static final PartitionId TWO = new PartitionId("dc2", "events", 0);

    @Test
    void allIsDoneWhenEverythingIsReadAndMerged() {
        Map<PartitionId, Long> ends = Map.of(ONE, 5L, TWO, 0L);
        assertThat(standing(true, Map.of(ONE, 5L)).isDone(ends)).isTrue();
        assertThat(standing(false, Map.of(ONE, 5L)).isDone(ends)).isFalse();
        assertThat(standing(true, Map.of(ONE, 4L)).isDone(ends)).isFalse();
        assertThat(standing(true, Map.of()).isDone(ends)).isFalse();
    }

    @Test
    void whatWaitsToBeHandedOutAgainIsNotDone() {
        SortedSet<OffsetRange> waiting = new TreeSet<>(List.of(new OffsetRange(ONE, 3, 5)));
        Accounts.Standing standing = standing(true, Map.of(ONE, 9L), waiting);
        assertThat(standing.isDone(Map.of(ONE, 9L))).isFalse();
        assertThat(standing.isDone(Map.of(ONE, 4L))).isFalse();
        assertThat(standing.isDone(Map.of(ONE, 3L))).isTrue();
    }

    @Test
    void whatDoesNotChangeForTooLongIsNoticed() {
        Stillness stillness = new Stillness(Duration.ofNanos(10));
        assertThat(stillness.isTooLong(standing(false, Map.of(ONE, 1L)), 100)).isFalse();
        assertThat(stillness.isTooLong(standing(false, Map.of(ONE, 1L)), 110)).isFalse();
        assertThat(stillness.isTooLong(standing(false, Map.of(ONE, 2L)), 111)).isFalse();
        assertThat(stillness.isTooLong(standing(false, Map.of(ONE, 2L)), 121)).isFalse();
        assertThat(stillness.isTooLong(standing(false, Map.of(ONE, 2L)), 122)).isTrue();
    }

    @Test
    void totalsAreSumsOverTheDataCentres() {
        Accounts.Standing standing = new Accounts.Standing(
                Map.of("dc1", new Carried(6, 3, 2, 1, 2, 1), "dc2", new Carried(4, 4, 0, 0, 4, 0)),
                Frontier.EMPTY,
                true,
                1);
        assertThat(standing.total()).isEqualTo(new Carried(10, 7, 2, 1, 6, 1));
        assertThat(standing.of("dc3")).isEqualTo(Carried.NOTHING);
    }

    private static Accounts.Standing standing(boolean isMerged, Map<PartitionId, Long> read) {
        return standing(isMerged, read, new TreeSet<>());
    }

    private static Accounts.Standing standing(
            boolean isMerged, Map<PartitionId, Long> read, SortedSet<OffsetRange> waiting) {
        Frontier frontier = new Frontier(new Positions(new TreeMap<>(read)), waiting);
        return new Accounts.Standing(Map.of(), frontier, isMerged, 0);
    }
}
