package io.tributary.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final List<String> NAMES = List.of("dc1", "dc2", "dc3");
    private static final int KINDS = FaultKind.values().length;

    @Test
    void theSameSeedMakesTheSameFaults() {
        assertThat(Schedule.of(7, 30, NAMES)).isEqualTo(Schedule.of(7, 30, NAMES));
        assertThat(Schedule.of(7, 30, NAMES).faults())
                .isNotEqualTo(Schedule.of(8, 30, NAMES).faults());
    }

    @Test
    void aLongerRunBeginsAsAShorterOne() {
        assertThat(Schedule.of(7, 30, NAMES).faults().subList(0, 6))
                .isEqualTo(Schedule.of(7, 6, NAMES).faults());
    }

    @Test
    void everyKindComesBeforeAnyComesAgain() {
        List<Fault> faults = Schedule.of(3, 3 * KINDS, NAMES).faults();
        for (int from = 0; from < faults.size(); from += KINDS) {
            assertThat(faults.subList(from, from + KINDS))
                    .extracting(Fault::kind)
                    .containsExactlyInAnyOrder(FaultKind.values());
        }
        assertThat(faults).extracting(Fault::round).isSorted().startsWith(1).doesNotHaveDuplicates();
    }

    @Test
    void seedsDifferInOrderTimesPlacesAndWays() {
        List<Fault> first = LongStream.range(0, 200)
                .mapToObj(seed -> Schedule.of(seed, 1, NAMES).faults().get(0))
                .toList();
        Set<FaultKind> kinds = first.stream().map(Fault::kind).collect(Collectors.toCollection(TreeSet::new));

        assertThat(kinds).containsExactly(FaultKind.values());
        assertThat(first).extracting(Fault::dataCenter).contains("dc1", "dc2", "dc3");
        assertThat(first).extracting(Fault::way).contains(0, Fault.WAYS - 1);
        assertThat(first).allSatisfy(fault -> assertThat(fault.lasts())
                .isBetween(fault.kind().atLeast(), fault.kind().atMost()));
    }

    @Test
    void kindsAreCounted() {
        assertThat(Schedule.of(1, KINDS + 1, NAMES).byKind())
                .hasSize(KINDS)
                .containsValue(2)
                .doesNotContainValue(3);
    }
}
