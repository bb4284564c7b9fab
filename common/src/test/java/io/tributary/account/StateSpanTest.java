package io.tributary.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateSpanTest {

    private static final StateSpan HOUR =
            new StateSpan("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.of(5L));

    @Test
    void theSameSettingsGoOnWhateverTheirBeginning() {
        assertThat(HOUR.changes(
                        new StateSpan("GLOBAL", Duration.ofMinutes(60), Duration.ofMinutes(5), 4, Optional.empty())))
                .isEmpty();
    }

    @Test
    void aSettingThatDiffersIsNamed() {
        assertThat(HOUR.changes(
                        new StateSpan("DATA_CENTER", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.of(5L))))
                .containsExactly("dedup.scope");
        assertThat(HOUR.changes(
                        new StateSpan("GLOBAL", Duration.ofMinutes(59), Duration.ofMinutes(5), 4, Optional.of(5L))))
                .containsExactly("dedup.window");
        assertThat(HOUR.changes(
                        new StateSpan("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(6), 8, Optional.of(5L))))
                .containsExactly("event_time.max_ahead or dedup.clock_skew", "dedup.state_partitions");
    }

    @Test
    void anotherMappingIsNamedAndOneThatIsNotKnownIsTakenForTheSame() {
        StateSpan byId = withMapping(Map.of("event.id", "/id", "event.time", "/at"));

        assertThat(byId.changes(
                        withMapping(Map.of("event.id", "/uid", "event.data_center", "/dc", "event.time", "/at"))))
                .containsExactly("event.data_center", "event.id");
        assertThat(byId.changes(HOUR)).isEmpty();
        assertThat(HOUR.changes(byId)).isEmpty();
    }

    private static StateSpan withMapping(Map<String, String> mapping) {
        return new StateSpan(
                "GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.of(5L), new TreeMap<>(mapping));
    }

    @Test
    void anEmptyStateKnowsSinceWhen() {
        assertThat(HOUR.startingAt(9))
                .isEqualTo(new StateSpan("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.of(9L)));
    }
}
