package io.tributary.compaction.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.offsets.ReadProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MergePlanTest {

    private static final Instant ARRIVED_AT = Instant.parse("2026-01-31T08:00:00.123Z");

    @Test
    void everythingStagedAboveTheWatermarkIsTaken() {
        MergeWatermark before = new MergeWatermark(ARRIVED_AT.minusMillis(1), 4);

        assertThat(MergePlan.decide(Optional.of(7L), 11, newest(ARRIVED_AT), 22, before, 4))
                .contains(new MergePlan(Optional.of(7L), 11, 22, before, new MergeWatermark(ARRIVED_AT, 5)));
    }

    @Test
    void aNumberThatAMergeHasClaimedIsNotTakenAgain() {
        MergeWatermark restored = new MergeWatermark(ARRIVED_AT.minusMillis(1), 4);

        assertThat(MergePlan.decide(Optional.empty(), 11, newest(ARRIVED_AT), 22, restored, 9))
                .contains(new MergePlan(Optional.empty(), 11, 22, restored, new MergeWatermark(ARRIVED_AT, 10)));
    }

    @Test
    void theFirstMergeTakesEverything() {
        assertThat(MergePlan.decide(Optional.empty(), 1, newest(ARRIVED_AT), 0, MergeWatermark.START, 0))
                .contains(
                        new MergePlan(Optional.empty(), 1, 0, MergeWatermark.START, new MergeWatermark(ARRIVED_AT, 1)));
    }

    @Test
    void nothingAboveTheWatermarkIsNothingToDo() {
        assertThat(MergePlan.decide(Optional.of(7L), 11, newest(ARRIVED_AT), 22, new MergeWatermark(ARRIVED_AT, 5), 5))
                .isEmpty();
        assertThat(MergePlan.decide(
                        Optional.of(7L),
                        11,
                        newest(ARRIVED_AT),
                        22,
                        new MergeWatermark(ARRIVED_AT.plusMillis(1), 5),
                        5))
                .isEmpty();
    }

    @Test
    void aLakeWithoutABatchIsNothingToDo() {
        assertThat(MergePlan.decide(Optional.empty(), 0, Optional.empty(), 0, MergeWatermark.START, 0))
                .isEmpty();
    }

    private static Optional<BatchMetadata> newest(Instant committedAt) {
        return Optional.of(new BatchMetadata(
                9,
                "from-1",
                8,
                committedAt.toEpochMilli() - 500,
                committedAt.toEpochMilli(),
                new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.empty()),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                ReadProgress.EMPTY));
    }
}
