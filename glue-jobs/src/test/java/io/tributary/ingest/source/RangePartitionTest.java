package io.tributary.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;
import org.junit.jupiter.api.Test;

class RangePartitionTest {

    @Test
    void smallRangesOfOneDataCenterShareATask() {
        List<RangeRead> small = List.of(range("fra", 0, 10_000), range("fra", 1, 0), range("fra", 2, 10_000));

        assertThat(RangePartition.pack(small, 5)).containsExactly(new RangePartition(small, 5));
    }

    @Test
    void aTaskTakesNoMoreThanIsWorthItsStart() {
        assertThat(packed(range("fra", 0, 15_000), range("fra", 1, 5_000), range("fra", 2, 1), range("fra", 3, 90_000)))
                .containsExactly(List.of(0, 1), List.of(2), List.of(3));
    }

    @Test
    void aRangeIsNeverSplit() {
        assertThat(packed(range("fra", 0, 1_000_000))).containsExactly(List.of(0));
    }

    @Test
    void dataCentersDoNotShareATask() {
        assertThat(packed(range("fra", 0, 1), range("nyc", 1, 1), range("nyc", 2, 1)))
                .containsExactly(List.of(0), List.of(1, 2));
    }

    @Test
    void nothingToReadIsNoTask() {
        assertThat(packed()).isEmpty();
    }

    @Test
    void aTaskWithoutRecordsRunsAnywhere() {
        assertThat(RangePartition.pack(List.of(RangeRead.firstPosition(new PartitionId("fra", "events", 0), 7)), 5))
                .singleElement()
                .satisfies(task -> assertThat(task.preferredLocations()).isEmpty());
    }

    private static List<List<Integer>> packed(RangeRead... ranges) {
        return RangePartition.pack(Arrays.asList(ranges), 0).stream()
                .map(task -> task.ranges().stream().map(RangeRead::partition).toList())
                .toList();
    }

    private static RangeRead range(String dataCenter, int partition, long records) {
        PartitionId id = new PartitionId(dataCenter, "events", partition);
        return records == 0
                ? RangeRead.firstPosition(id, 100)
                : RangeRead.of(new OffsetRange(id, 100, 100 + records), new Planned(), null);
    }

    /** A read that Spark's Kafka source has planned, as far as packing goes. */
    private record Planned() implements InputPartition {}
}
