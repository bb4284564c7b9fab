package io.tributary.ingest.plan;

import static io.tributary.lab.fixtures.SourceFixtures.partition;
import static io.tributary.lab.fixtures.SourceFixtures.positions;
import static io.tributary.lab.fixtures.SourceFixtures.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.AcceptedGap;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.lab.fixtures.SourceFixtures;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BatchPlannerTest {

    private static final ReadQuota PLENTY = new ReadQuota(1_000_000);

    @Test
    void whereNothingIsNewNothingIsDone() {
        assertThat(plan(at(positions(7, 9)), reach(positions(0, 0), positions(7, 9)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aPartitionGoesOnFromItsPosition() {
        BatchPlan plan = plan(at(positions(7, 9)), reach(positions(0, 0), positions(8, 9)));

        assertThat(plan.read()).containsExactly(range(0, 7, 8));
        assertThat(plan.newPartitions()).isEqualTo(PartitionOffsets.EMPTY);
    }

    @Test
    void aNewDataCenterBeginsAtItsStartWithoutRecords() {
        BatchPlan plan =
                plan(ReadProgress.EMPTY, new OffsetBounds(positions(1, 2), positions(500, 600), positions(300, 400)));

        assertThat(plan.newPartitions()).isEqualTo(positions(300, 400));
        assertThat(plan.read()).isEmpty();
    }

    @Test
    void aPartitionThatIsAddedLaterIsReadWhole() {
        BatchPlan plan =
                plan(at(positions(7)), new OffsetBounds(positions(0, 4), positions(8, 600), positions(8, 600)));

        assertThat(plan.newPartitions().of(partition("events", 1))).contains(4L);
        assertThat(plan.newPartitions().of(partition("events", 0))).isEmpty();
        assertThat(plan.read()).containsExactly(range(0, 7, 8));
    }

    @Test
    void positionsOfATopicThatLeftTheConfigurationAreKept() {
        PartitionOffsets gone = new PartitionOffsets(SourceFixtures.sorted(Map.of(partition("gone", 0), 42L)));

        BatchPlan plan = plan(at(positions(7).plus(gone)), reach(positions(0), positions(8)));

        assertThat(plan.read()).containsExactly(range(0, 7, 8));
        assertThat(plan.halts()).isEmpty();
    }

    @Test
    void aDeferredRangeComesBeforeWhatIsNewAndAlone() {
        ReadProgress readProgress = at(positions(100, 20), range(0, 30, 40), range(0, 60, 70));

        BatchPlan plan = plan(readProgress, reach(positions(0, 0), positions(500, 25)));

        assertThat(plan.read()).containsExactly(range(0, 30, 40), range(1, 20, 25));
    }

    @Test
    void aDeferredRangeBeyondTheShareIsReadFromItsBeginning() {
        ReadProgress readProgress = at(positions(1000), range(0, 0, 1000));

        BatchPlan plan = BatchPlanner.plan(
                "fra", readProgress, reach(positions(0), positions(1000)), new ReadQuota(10), AcceptedDataLoss.NONE);

        assertThat(plan.read()).containsExactly(range(0, 0, 10));
    }

    @Test
    void whatWaitsInAnotherDataCenterIsNoMatterHere() {
        assertThat(BatchPlanner.plan(
                        "nyc",
                        at(positions(100), range(0, 30, 40)),
                        new OffsetBounds(PartitionOffsets.EMPTY, PartitionOffsets.EMPTY, PartitionOffsets.EMPTY),
                        PLENTY,
                        AcceptedDataLoss.NONE))
                .isEqualTo(BatchPlan.NOTHING);
    }

    @Test
    void aGapStopsItsPartitionAndEveryGapIsNamed() {
        ReadProgress readProgress = at(positions(100, 20, 5), range(1, 3, 6));

        BatchPlan plan = plan(readProgress, reach(positions(120, 5, 0), positions(500, 25, 9)));

        assertThat(plan.halts())
                .containsExactly(new Gap(partition("events", 0), 100, 120), new Gap(partition("events", 1), 3, 5));
        assertThat(plan.read()).containsExactly(range(2, 5, 9));
        assertThat(plan.lost()).isEmpty();
    }

    @Test
    void whatRetentionTookBeforeTheFirstReadingIsNoGap() {
        ReadProgress newPartitions = ReadProgress.EMPTY.advance(positions(100, 20), List.of(), List.of());
        OffsetBounds reach = reach(positions(120, 20), positions(500, 25));

        BatchPlan plan = plan(newPartitions, reach);

        assertThat(plan.halts()).isEmpty();
        assertThat(plan.expired()).containsExactly(range(0, 100, 120));
        assertThat(plan.lost()).isEmpty();
        assertThat(plan(newPartitions.after(plan.progress()), reach).read()).containsExactly(range(0, 120, 500));
    }

    @Test
    void anAcceptedGapIsGivenUpAndTheOthersGoOn() {
        BatchPlan plan =
                plan(at(positions(100, 20)), reach(positions(120, 5), positions(500, 25)), accepted(0, 100, 120));

        assertThat(plan.halts()).isEmpty();
        assertThat(plan.lost()).containsExactly(range(0, 100, 120));
        assertThat(plan.read()).containsExactly(range(1, 20, 25));
    }

    @Test
    void aGapThatIsAcceptedInPartStillStops() {
        assertThat(plan(at(positions(100)), reach(positions(120), positions(500)), accepted(0, 100, 119))
                        .halts())
                .containsExactly(new Gap(partition("events", 0), 100, 120));
    }

    @Test
    void theLostEndsOfADeferredRangeAndOfWhatIsNewAreGivenUpOneAfterTheOther() {
        OffsetBounds reach = reach(positions(120), positions(500));
        AcceptedGap accepted = accepted(0, 30, 120);
        ReadProgress readProgress = at(positions(100), range(0, 30, 40));

        BatchPlan first = plan(readProgress, reach, accepted);
        readProgress = readProgress.advance(first.newPartitions(), first.lost(), List.of());
        BatchPlan second = plan(readProgress, reach, accepted);
        readProgress = readProgress.advance(second.newPartitions(), second.lost(), List.of());

        assertThat(first.lost()).containsExactly(range(0, 30, 40));
        assertThat(second.lost()).containsExactly(range(0, 100, 120));
        assertThat(readProgress).isEqualTo(at(positions(120)));
        assertThat(plan(readProgress, reach, accepted).read()).containsExactly(range(0, 120, 500));
    }

    @Test
    void whatIsLeftOfADeferredRangeIsReadOnceItsBeginningIsGivenUp() {
        OffsetBounds reach = reach(positions(35), positions(500));
        ReadProgress readProgress = at(positions(100), range(0, 30, 40));

        BatchPlan first = plan(readProgress, reach, accepted(0, 30, 35));
        readProgress = readProgress.advance(first.newPartitions(), first.lost(), List.of());

        assertThat(first.lost()).containsExactly(range(0, 30, 35));
        assertThat(plan(readProgress, reach).read()).containsExactly(range(0, 35, 40));
    }

    @Test
    void recordsThatWereReadBeforeKafkaDeletedThemAreNoGap() {
        ReadProgress readProgress = at(positions(100), range(0, 30, 40));

        assertThat(plan(readProgress, reach(positions(90), positions(500)), accepted(0, 30, 40))
                        .lost())
                .containsExactly(range(0, 30, 40));
    }

    private static BatchPlan plan(ReadProgress readProgress, OffsetBounds reach, AcceptedGap... accepted) {
        return BatchPlanner.plan(
                "fra", readProgress, reach, PLENTY, new AcceptedDataLoss(Arrays.asList(accepted), List.of()));
    }

    private static AcceptedGap accepted(int partition, long from, long until) {
        return new AcceptedGap("events", partition, from, until);
    }

    private static ReadProgress at(PartitionOffsets positions, OffsetRange... pending) {
        return new ReadProgress(positions, new TreeSet<>(Arrays.asList(pending)));
    }

    private static OffsetBounds reach(PartitionOffsets earliest, PartitionOffsets latest) {
        return new OffsetBounds(earliest, latest, earliest);
    }
}
