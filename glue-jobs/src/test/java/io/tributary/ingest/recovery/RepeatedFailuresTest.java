package io.tributary.ingest.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RepeatedFailuresTest {

    private final RepeatedFailures failures = new RepeatedFailures();

    @Test
    void theSameIsToldAtGrowingIntervalsWhateverItsNumbers() {
        List<Integer> told = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            failures.count("batch " + i + " failed at offset " + 100 * i).ifPresent(told::add);
        }

        assertThat(told).containsExactly(1, 2, 4, 8, 16);
    }

    @Test
    void anotherKindIsToldAtOnce() {
        failures.count("one");
        failures.count("one");
        failures.count("one");

        assertThat(failures.count("another")).isEqualTo(OptionalInt.of(1));
    }
}
