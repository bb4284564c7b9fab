package io.tributary.lab.load;

import static io.tributary.lab.load.Loads.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.lab.load.LoadSpec.Shares;
import io.tributary.lab.load.LoadSpec.TextSize;
import io.tributary.lab.load.PlannedRecord.Malformed;
import io.tributary.lab.load.PlannedRecord.OfEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadPlanTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void theSameSeedGivesTheSamePlanAndAnotherSeedAnother() {
        assertThat(plan(load())).isEqualTo(plan(load())).isNotEqualTo(plan(load().seed(2)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everySlotIsSentOnceInTheOrderInWhichRecordsAreDue(long seed) {
        List<PlannedRecord> plan = plan(load().seed(seed));
        assertThat(plan).hasSize(500 * 60);
        assertThat(plan).isSortedAccordingTo((a, b) -> Long.compare(a.dueNanos(), b.dueNanos()));
        assertThat(plan).allMatch(record -> record.dueNanos() >= 0 && record.dueNanos() <= 60 * SECOND);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void sharesAreKept(long seed) {
        List<PlannedRecord> plan = plan(load().seed(seed));
        long malformed = plan.stream()
                .filter(record -> record.content() instanceof Malformed)
                .count();
        Set<Long> events = new HashSet<>();
        long duplicates = plan.stream()
                .filter(record -> record.content() instanceof OfEvent event && !events.add(event.event()))
                .count();
        assertThat(malformed / (double) plan.size()).isCloseTo(0.01, within(0.005));
        assertThat(duplicates / (double) plan.size()).isCloseTo(0.1, within(0.01));
        assertThat(events).hasSize((int) (plan.size() - malformed - duplicates));
        assertThat(events).allMatch(event -> event >= 0 && event < events.size());
    }

    @Test
    void repeatsComeNearAndFarThroughTheSameAndThroughAnotherDataCentre() {
        Map<Long, PlannedRecord> firsts = new HashMap<>();
        int near = 0;
        int far = 0;
        int same = 0;
        int other = 0;
        for (PlannedRecord record : plan(load().dataCenters("dc1", "dc2"))) {
            if (record.content() instanceof OfEvent event) {
                PlannedRecord first = firsts.putIfAbsent(event.event(), record);
                if (first != null) {
                    long later = record.dueNanos() - first.dueNanos();
                    near += later < 5 * SECOND ? 1 : 0;
                    far += later > 30 * SECOND ? 1 : 0;
                    same += first.through() == record.through() ? 1 : 0;
                    other += first.through() != record.through() ? 1 : 0;
                }
            }
        }
        assertThat(List.of(near, far, same, other)).allMatch(count -> count > 100);
    }

    @Test
    void theLastDataCentreHoldsItsEventsBackAndSendsInBursts() {
        Set<Long> bursts = new HashSet<>();
        long longest = 0;
        for (PlannedRecord record : plan(load().shares(0, 0, 0))) {
            OfEvent event = (OfEvent) record.content();
            if (record.through() < 2) {
                assertThat(event.heldNanos()).isZero();
            } else {
                bursts.add(record.dueNanos());
                longest = Math.max(longest, event.heldNanos());
            }
        }
        assertThat(bursts).hasSizeBetween(5, 8);
        assertThat(longest).isBetween(30 * SECOND, 42 * SECOND);
    }

    @Test
    void theOnlyDataCentreDoesNotLag() {
        assertThat(plan(load().dataCenters("dc1").shares(0.2, 0, 0)))
                .allMatch(record -> record.content() instanceof OfEvent event && event.heldNanos() == 0);
    }

    @Test
    void eachDataCentreSendsItsWeightAndNothingGoesThroughOneOfNone() {
        LoadSpec spec = new LoadSpec(
                500,
                Duration.ofSeconds(60),
                List.of("dc1", "dc2", "dc3"),
                List.of(9, 0, 1),
                false,
                new Shares(0.1, 0, 0.05),
                TextSize.DEFAULT,
                1,
                1);
        List<PlannedRecord> plan = new ArrayList<>();
        new LoadPlan(spec).forEachRemaining(plan::add);

        int[] through = new int[3];
        plan.forEach(record -> through[record.through()]++);
        assertThat(plan).hasSize(30_000);
        assertThat(through[1]).isZero();
        assertThat(through[0] / 30_000.0).isCloseTo(0.87, within(0.02));
        assertThat(plan).allMatch(record -> !(record.content() instanceof OfEvent event) || event.heldNanos() == 0);
    }

    @Test
    void everyWayToBeMalformedOccurs() {
        Set<Malformation> ways = EnumSet.noneOf(Malformation.class);
        for (PlannedRecord record : plan(load().shares(0, 0, 0.2))) {
            if (record.content() instanceof Malformed malformed) {
                ways.add(malformed.how());
            }
        }
        assertThat(ways).containsExactly(Malformation.values());
    }

    @Test
    void aLoadOfDuplicatesAloneStillHasTheFirst() {
        assertThat(plan(load().dataCenters("dc1").shares(1, 0, 0)))
                .allMatch(record -> record.content() instanceof OfEvent event && event.event() == 0);
    }

    @Test
    void afterTheEndThereIsNothing() {
        LoadPlan plan = new LoadPlan(load().spec());
        while (plan.hasNext()) {
            PlannedRecord ignored = plan.next();
        }
        Assertions.assertThatThrownBy(plan::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("at its end");
    }

    private static List<PlannedRecord> plan(Loads load) {
        List<PlannedRecord> plan = new ArrayList<>();
        new LoadPlan(load.spec()).forEachRemaining(plan::add);
        return plan;
    }
}
