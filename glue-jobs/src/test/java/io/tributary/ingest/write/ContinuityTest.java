package io.tributary.ingest.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import io.tributary.account.Range;
import io.tributary.runtime.OperatorActionException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContinuityTest {

    private static final PartitionId FRA = new PartitionId("fra", "events", 0);
    private static final PartitionId NYC = new PartitionId("nyc", "events", 0);
    private static final PartitionId NEW = new PartitionId("sin", "events", 0);

    /** Beyond what the cache of boxed numbers holds. */
    private static final Positions COMMITTED = new Positions(new TreeMap<>(Map.of(FRA, 1_000_000L, NYC, 2_000_000L)));

    @Test
    void aBatchThatGoesOnWhereTheLogEndsMovesItsPartitions() {
        assertThat(advance(Map.of(FRA, range(1_000_000, 1_000_005))).offsets())
                .isEqualTo(Map.of(FRA, 1_000_005L, NYC, 2_000_000L));
    }

    @Test
    void aNewPartitionBeginsWhereItsFirstRangeDoes() {
        assertThat(advance(Map.of(NEW, range(77, 77))).of(NEW)).contains(77L);
    }

    @Test
    void aRangeThatWasReadBeforeIsRefused() {
        assertRefused(range(999_999, 1_000_005), "fra/events-0 begins at offset 999999", "ends at 1000000");
    }

    @Test
    void aRangeThatSkipsRecordsIsRefused() {
        assertRefused(range(1_000_001, 1_000_005), "fra/events-0 begins at offset 1000001", "ends at 1000000");
    }

    @Test
    void everyBreakIsNamed() {
        assertThatThrownBy(() -> advance(Map.of(FRA, range(1, 2), NYC, range(3, 4))))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("fra/events-0 begins at offset 1 ")
                .hasMessageContaining("nyc/events-0 begins at offset 3 ");
    }

    private static void assertRefused(Range range, String... words) {
        assertThatThrownBy(() -> advance(Map.of(FRA, range)))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining("Nothing was written");
    }

    private static Positions advance(Map<PartitionId, Range> ranges) {
        return Continuity.advance(COMMITTED, new TreeMap<>(ranges));
    }

    private static Range range(long from, long until) {
        return new Range(from, until, until - from, until - from, 0, 0, 0);
    }
}
