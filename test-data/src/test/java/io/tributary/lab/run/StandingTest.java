package io.tributary.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import io.tributary.lab.evaluate.Carried;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
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
                Positions.EMPTY,
                true,
                1);
        assertThat(standing.total()).isEqualTo(new Carried(10, 7, 2, 1, 6, 1));
        assertThat(standing.of("dc3")).isEqualTo(Carried.NOTHING);
    }

    private static Accounts.Standing standing(boolean isMerged, Map<PartitionId, Long> read) {
        return new Accounts.Standing(Map.of(), new Positions(new TreeMap<>(read)), isMerged, 0);
    }
}
