package io.tributary.operations.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.operations.status.GeneratedTail.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorBudgetTest {

    private static final Part FAST = Part.of(100, 0L);
    private static final Part SLOW = FAST.within(Duration.ofSeconds(61), Duration.ofSeconds(70));
    private static final Instant MIDDLE = Instant.parse("2026-02-15T00:00:00Z");

    @Test
    void whatWasLateIsTakenFromWhatMayBe() {
        // 1 of 200 is late where 1 of 100 may be, at the middle of the month.
        GeneratedTail tail = new GeneratedTail(Instant.parse("2026-02-01T00:00:00Z"))
                .batches(199, Map.of("fra", FAST))
                .batch(Map.of("fra", SLOW));

        assertThat(ErrorBudget.left(Objective.DEFAULT, tail.tail().batches(), MIDDLE)
                        .orElseThrow())
                .isEqualTo(0.75, within(1e-6));
    }

    @Test
    void aBudgetMayBeOverspent() {
        GeneratedTail tail = new GeneratedTail(Instant.parse("2026-02-01T00:00:00Z"))
                .batches(9, Map.of("fra", FAST))
                .batch(Map.of("fra", SLOW));

        assertThat(ErrorBudget.left(Objective.DEFAULT, tail.tail().batches(), MIDDLE)
                        .orElseThrow())
                .isEqualTo(-4, within(1e-6));
    }

    @Test
    void otherMonthsDoNotCountAndWithoutRowsItIsNotKnown() {
        GeneratedTail tail = new GeneratedTail(Instant.parse("2026-01-31T00:00:00Z")).batches(9, Map.of("fra", SLOW));
        assertThat(ErrorBudget.left(Objective.DEFAULT, tail.tail().batches(), MIDDLE))
                .isEmpty();
    }
}
