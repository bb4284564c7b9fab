package io.tributary.ingest.source;

import static io.tributary.ingest.source.Sources.partition;
import static io.tributary.ingest.source.Sources.positions;
import static io.tributary.ingest.source.Sources.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import io.tributary.account.Positions;
import io.tributary.config.AcceptedGap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BatchPlannerTest {

    private static final FairShare PLENTY = new FairShare(1_000_000);

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
        assertThat(plan.begun()).isEqualTo(Positions.EMPTY);
    }

    @Test
    void aNewDataCenterBeginsAtItsStartWithoutRecords() {
        BatchPlan plan = plan(Frontier.EMPTY, new Reach(positions(1, 2), positions(500, 600), positions(300, 400)));

        assertThat(plan.begun()).isEqualTo(positions(300, 400));
        assertThat(plan.read()).isEmpty();
    }

    @Test
    void aPartitionThatIsAddedLaterIsReadWhole() {
        BatchPlan plan = plan(at(positions(7)), new Reach(positions(0, 4), positions(8, 600), positions(8, 600)));

        assertThat(plan.begun().of(partition("events", 1))).contains(4L);
        assertThat(plan.begun().of(partition("events", 0))).isEmpty();
        assertThat(plan.read()).containsExactly(range(0, 7, 8));
    }

    @Test
    void positionsOfATopicThatLeftTheConfigurationAreKept() {
        Positions gone = new Positions(Sources.sorted(Map.of(partition("gone", 0), 42L)));

        BatchPlan plan = plan(at(positions(7).plus(gone)), reach(positions(0), positions(8)));

        assertThat(plan.read()).containsExactly(range(0, 7, 8));
        assertThat(plan.stops()).isEmpty();
    }

    @Test
    void aDeferredRangeComesBeforeWhatIsNewAndAlone() {
        Frontier frontier = at(positions(100, 20), range(0, 30, 40), range(0, 60, 70));

        BatchPlan plan = plan(frontier, reach(positions(0, 0), positions(500, 25)));

        assertThat(plan.read()).containsExactly(range(0, 30, 40), range(1, 20, 25));
    }

    @Test
    void aDeferredRangeBeyondTheShareIsReadFromItsBeginning() {
        Frontier frontier = at(positions(1000), range(0, 0, 1000));

        BatchPlan plan = BatchPlanner.plan(
                "fra", frontier, reach(positions(0), positions(1000)), new FairShare(10), Acceptances.NONE);

        assertThat(plan.read()).containsExactly(range(0, 0, 10));
    }

    @Test
    void whatWaitsInAnotherDataCenterIsNoMatterHere() {
        assertThat(BatchPlanner.plan(
                        "nyc",
                        at(positions(100), range(0, 30, 40)),
                        new Reach(Positions.EMPTY, Positions.EMPTY, Positions.EMPTY),
                        PLENTY,
                        Acceptances.NONE))
                .isEqualTo(BatchPlan.NOTHING);
    }

    @Test
    void aGapStopsItsPartitionAndEveryGapIsNamed() {
        Frontier frontier = at(positions(100, 20, 5), range(1, 3, 6));

        BatchPlan plan = plan(frontier, reach(positions(120, 5, 0), positions(500, 25, 9)));

        assertThat(plan.stops())
                .containsExactly(new Gap(partition("events", 0), 100, 120), new Gap(partition("events", 1), 3, 5));
        assertThat(plan.read()).containsExactly(range(2, 5, 9));
        assertThat(plan.lost()).isEmpty();
    }

    @Test
    void whatRetentionTookBeforeTheFirstReadingIsNoGap() {
        Frontier begun = Frontier.EMPTY.advance(positions(100, 20), List.of(), List.of());
        Reach reach = reach(positions(120, 20), positions(500, 25));

        BatchPlan plan = plan(begun, reach);

        assertThat(plan.stops()).isEmpty();
        assertThat(plan.expired()).containsExactly(range(0, 100, 120));
        assertThat(plan.lost()).isEmpty();
        assertThat(plan(begun.after(plan.progress()), reach).read()).containsExactly(range(0, 120, 500));
    }

    @Test
    void anAcceptedGapIsGivenUpAndTheOthersGoOn() {
        BatchPlan plan =
                plan(at(positions(100, 20)), reach(positions(120, 5), positions(500, 25)), accepted(0, 100, 120));

        assertThat(plan.stops()).isEmpty();
        assertThat(plan.lost()).containsExactly(range(0, 100, 120));
        assertThat(plan.read()).containsExactly(range(1, 20, 25));
    }

    @Test
    void aGapThatIsAcceptedInPartStillStops() {
        assertThat(plan(at(positions(100)), reach(positions(120), positions(500)), accepted(0, 100, 119))
                        .stops())
                .containsExactly(new Gap(partition("events", 0), 100, 120));
    }

    @Test
    void theLostEndsOfADeferredRangeAndOfWhatIsNewAreGivenUpOneAfterTheOther() {
        Reach reach = reach(positions(120), positions(500));
        AcceptedGap accepted = accepted(0, 30, 120);
        Frontier frontier = at(positions(100), range(0, 30, 40));

        BatchPlan first = plan(frontier, reach, accepted);
        frontier = frontier.advance(first.begun(), first.lost(), List.of());
        BatchPlan second = plan(frontier, reach, accepted);
        frontier = frontier.advance(second.begun(), second.lost(), List.of());

        assertThat(first.lost()).containsExactly(range(0, 30, 40));
        assertThat(second.lost()).containsExactly(range(0, 100, 120));
        assertThat(frontier).isEqualTo(at(positions(120)));
        assertThat(plan(frontier, reach, accepted).read()).containsExactly(range(0, 120, 500));
    }

    @Test
    void whatIsLeftOfADeferredRangeIsReadOnceItsBeginningIsGivenUp() {
        Reach reach = reach(positions(35), positions(500));
        Frontier frontier = at(positions(100), range(0, 30, 40));

        BatchPlan first = plan(frontier, reach, accepted(0, 30, 35));
        frontier = frontier.advance(first.begun(), first.lost(), List.of());

        assertThat(first.lost()).containsExactly(range(0, 30, 35));
        assertThat(plan(frontier, reach).read()).containsExactly(range(0, 35, 40));
    }

    @Test
    void recordsThatWereReadBeforeKafkaDeletedThemAreNoGap() {
        Frontier frontier = at(positions(100), range(0, 30, 40));

        assertThat(plan(frontier, reach(positions(90), positions(500)), accepted(0, 30, 40))
                        .lost())
                .containsExactly(range(0, 30, 40));
    }

    private static BatchPlan plan(Frontier frontier, Reach reach, AcceptedGap... accepted) {
        return BatchPlanner.plan("fra", frontier, reach, PLENTY, new Acceptances(Arrays.asList(accepted), List.of()));
    }

    private static AcceptedGap accepted(int partition, long from, long until) {
        return new AcceptedGap("events", partition, from, until);
    }

    private static Frontier at(Positions positions, OffsetRange... waiting) {
        return new Frontier(positions, new TreeSet<>(Arrays.asList(waiting)));
    }

    private static Reach reach(Positions earliest, Positions latest) {
        return new Reach(earliest, latest, earliest);
    }
}
