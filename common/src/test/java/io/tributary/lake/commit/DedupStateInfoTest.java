package io.tributary.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DedupStateInfoTest {

    private static final DedupStateInfo HOUR =
            new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.of(5L));

    @Test
    void theSameSettingsGoOnWhateverTheirBeginning() {
        assertThat(HOUR.changes(new DedupStateInfo(
                        "GLOBAL", Duration.ofMinutes(60), Duration.ofMinutes(5), 4, Optional.empty())))
                .isEmpty();
    }

    @Test
    void aSettingThatDiffersIsNamed() {
        assertThat(HOUR.changes(new DedupStateInfo(
                        "DATA_CENTER", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.of(5L))))
                .containsExactly("dedup.scope");
        assertThat(HOUR.changes(new DedupStateInfo(
                        "GLOBAL", Duration.ofMinutes(59), Duration.ofMinutes(5), 4, Optional.of(5L))))
                .containsExactly("dedup.window");
        assertThat(HOUR.changes(
                        new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(6), 8, Optional.of(5L))))
                .containsExactly(
                        "event_time.max_ahead, dedup.clock_skew or dedup.time_tolerance", "dedup.state_partitions");
    }

    @Test
    void anotherMappingIsNamedAndOneThatIsNotKnownIsTakenForTheSame() {
        DedupStateInfo byId = withMapping(Map.of("event.id", "/id", "event.time", "/at"));

        assertThat(byId.changes(
                        withMapping(Map.of("event.id", "/uid", "event.data_center", "/dc", "event.time", "/at"))))
                .containsExactly("event.data_center", "event.id");
        assertThat(byId.changes(HOUR)).isEmpty();
        assertThat(HOUR.changes(byId)).isEmpty();
    }

    @Test
    void aStateOfAnotherStoreDoesNotGoOn() {
        DedupStateInfo fingerprints = new DedupStateInfo(
                "GLOBAL",
                Duration.ofHours(1),
                Duration.ofMinutes(5),
                4,
                "FINGERPRINTS",
                Optional.of(5L),
                new TreeMap<>());

        assertThat(HOUR.changes(fingerprints)).containsExactly("dedup.state_store");
        assertThat(fingerprints.changes(fingerprints)).isEmpty();
    }

    private static DedupStateInfo withMapping(Map<String, String> mapping) {
        return new DedupStateInfo(
                "GLOBAL",
                Duration.ofHours(1),
                Duration.ofMinutes(5),
                4,
                "ROCKSDB",
                Optional.of(5L),
                new TreeMap<>(mapping));
    }

    @Test
    void anEmptyStateKnowsSinceWhen() {
        assertThat(HOUR.startingAt(9))
                .isEqualTo(
                        new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.of(9L)));
    }
}
