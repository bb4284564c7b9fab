package io.tributary.compaction.compact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompactionPlanTest {

    private static final LocalDate JANUARY = LocalDate.of(2026, 1, 31);
    private static final LocalDate JULY = LocalDate.of(2018, 7, 1);

    @Test
    void partitionsThatHaveGatheredManySmallFilesAreCompactedOldestFirst() {
        assertThat(decide(files(JANUARY, 9, 9), files(JULY, 8, 8), files(LocalDate.of(2020, 2, 29), 7, 7)))
                .isEqualTo(new CompactionPlan(List.of(JULY, JANUARY), false));
    }

    @Test
    void filesOfFullSizeDoNotCount() {
        assertThat(decide(files(JANUARY, 100, 7)).isEmpty()).isTrue();
    }

    @Test
    void manyCursorsAreDroppedAndNotCompacted() {
        CompactionPlan plan = decide(new PartitionFiles(Optional.empty(), 8, 8), files(JANUARY, 1, 1));

        assertThat(plan).isEqualTo(new CompactionPlan(List.of(), true));
        assertThat(plan.isEmpty()).isFalse();
    }

    @Test
    void anEmptyTableIsNothingToDo() {
        assertThat(decide().isEmpty()).isTrue();
    }

    private static CompactionPlan decide(PartitionFiles... partitions) {
        return CompactionPlan.decide(List.of(partitions), 8);
    }

    private static PartitionFiles files(LocalDate date, long files, long small) {
        return new PartitionFiles(Optional.of(date), files, small);
    }
}
