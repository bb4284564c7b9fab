package io.tributary.ingest.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarningThrottleTest {

    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");

    private final WarningThrottle warnings = new WarningThrottle();

    @Test
    void theSameTroubleIsToldAgainAtGrowingIntervalsWithACount() {
        List<Long> minutes = new ArrayList<>();
        int count = 0;
        for (long second = 0; second < Duration.ofHours(5).toSeconds(); second += 10) {
            var due = warnings.note("a", NOW.plusSeconds(second));
            if (due.isPresent()) {
                minutes.add(second / 60);
                assertThat(due.get()).isEqualTo(new WarningThrottle.Reminder(NOW, ++count));
            }
        }

        assertThat(minutes).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L, 243L);
    }

    @Test
    void onlyARepetitionSaysSinceWhen() {
        assertThat(warnings.note("a", NOW).orElseThrow().describe()).isEmpty();
        assertThat(warnings.note("a", NOW.plusSeconds(60)).orElseThrow().describe())
                .isEqualTo(" (since 2026-01-31T08:00:00Z, logged 2 times)");
    }

    @Test
    void whatIsOverIsForgottenAndNewWhenItComesBack() {
        warnings.note("a", NOW);
        warnings.note("b", NOW);

        assertThat(warnings.retain(List.of("b"))).containsExactly(java.util.Map.entry("a", NOW));
        assertThat(warnings.note("a", NOW.plusSeconds(1)))
                .contains(new WarningThrottle.Reminder(NOW.plusSeconds(1), 1));
        assertThat(warnings.note("b", NOW.plusSeconds(1))).isEmpty();
    }
}
