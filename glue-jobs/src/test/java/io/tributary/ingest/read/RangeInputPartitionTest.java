package io.tributary.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RangeInputPartitionTest {

    @Test
    void smallRangesOfOneDataCenterShareATask() {
        List<RangeReadTask> small = List.of(range("fra", 0, 10_000), range("fra", 1, 0), range("fra", 2, 10_000));

        assertThat(RangeInputPartition.pack(small)).containsExactly(small);
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
    void whatSparkWritesOfATaskShowsNoSecret() {
        RangeInputPartition task = new RangeInputPartition(
                List.of(range("fra", 0, 10)),
                5,
                null,
                new ConsumerOptions("fra", Map.of("sasl.jaas.config", "module required password=\"hush\";")),
                ReadLimits.of(Duration.ofSeconds(10), 1, 2));

        assertThat(task.toString()).contains("consumer of fra").doesNotContain("hush");
    }

    @Test
    void theTasksOfADataCenterShareItsTime() {
        assertThat(ReadLimits.of(Duration.ofSeconds(10), 1, 2).timeout()).hasSeconds(10);
        assertThat(ReadLimits.of(Duration.ofSeconds(10), 2, 2).timeout()).hasSeconds(10);
        assertThat(ReadLimits.of(Duration.ofSeconds(10), 4, 2).timeout()).hasSeconds(5);
        assertThat(ReadLimits.of(Duration.ofSeconds(10), 100, 2).timeout()).hasSeconds(2);
        assertThat(ReadLimits.of(Duration.ofMinutes(5), 1, 2).timeout()).hasSeconds(15);
        assertThat(ReadLimits.of(Duration.ofMillis(200), 1, 2).timeout()).hasSeconds(5);
    }

    private static List<List<Integer>> packed(RangeReadTask... ranges) {
        return RangeInputPartition.pack(Arrays.asList(ranges)).stream()
                .map(task -> task.stream().map(RangeReadTask::partition).toList())
                .toList();
    }

    private static RangeReadTask range(String dataCenter, int partition, long records) {
        TopicPartitionId id = new TopicPartitionId(dataCenter, "events", partition);
        return records == 0
                ? RangeReadTask.firstPosition(id, 100)
                : RangeReadTask.of(new OffsetRange(id, 100, 100 + records), 3);
    }
}
