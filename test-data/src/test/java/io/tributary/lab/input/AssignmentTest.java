package io.tributary.lab.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    @Test
    void namedDataCentresSendTheirOwnLinesAndTheOthersGoInTurn() {
        Assignment assignment = of("us", "ak", "us", "not a name", null);
        assertThat(assignment.dataCenters()).containsExactly("ak", "us");
        assertThat(assignment.next(Optional.of("us"))).isEqualTo("us");
        assertThat(assignment.next(Optional.of("not a name"))).isEqualTo("ak");
        assertThat(assignment.next(Optional.of("us"))).isEqualTo("us");
        assertThat(assignment.next(Optional.empty())).isEqualTo("us");
        assertThat(assignment.next(Optional.empty())).isEqualTo("ak");
    }

    @Test
    void sixteenNamesWillDoAndSeventeenAreSpread() {
        assertThat(of(names(16)).dataCenters()).hasSize(16);
        Assignment spread = of(names(17));
        assertThat(spread.dataCenters()).containsExactly("dc1", "dc2", "dc3");
        assertThat(spread.next(Optional.of("n5"))).isEqualTo(spread.next(Optional.of("n5")));
        assertThat(Stream.of(names(17)).map(name -> spread.next(Optional.of(name))))
                .contains("dc1", "dc2", "dc3");
    }

    @Test
    void namesThatDifferInCapitalsAloneAreSpread() {
        assertThat(of("us", "US").dataCenters()).containsExactly("dc1", "dc2", "dc3");
    }

    @Test
    void withoutNamesLinesGoInTurn() {
        Assignment assignment = of();
        assertThat(Stream.generate(() -> assignment.next(Optional.empty())).limit(5))
                .containsExactly("dc1", "dc2", "dc3", "dc1", "dc2");
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i).toArray(String[]::new);
    }

    private static Assignment of(String... named) {
        Assignment.Names names = new Assignment.Names();
        for (String name : named) {
            names.add(Optional.ofNullable(name));
        }
        return names.assignment(3);
    }
}
