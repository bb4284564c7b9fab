package io.tributary.compaction.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import io.tributary.lake.commit.MergeMetadata;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MaintenanceTasksTest {

    @Test
    void withinAnHourOnlyCrowdedPartitionsAreLookedAtNowAndThen() {
        assertThat(after(16, "2026-03-02T10:00:00Z", "2026-03-02T10:59:59.999Z"))
                .isEqualTo(new MaintenanceTasks(true, false, false));
        assertThat(after(17, "2026-03-02T10:00:00Z", "2026-03-02T10:59:59.999Z").isEmpty())
                .isTrue();
    }

    @Test
    void theFirstMergeBeyondAnHourLooksAtWhatHasEnded() {
        assertThat(after(17, "2026-03-02T10:59:59.999Z", "2026-03-02T11:00:00Z"))
                .isEqualTo(new MaintenanceTasks(false, true, false));
    }

    @Test
    void theFirstMergeBeyondADayTakesAwayWhatHasHadItsTime() {
        assertThat(after(17, "2026-03-02T23:59:59.999Z", "2026-03-03T00:00:00Z"))
                .isEqualTo(new MaintenanceTasks(false, true, true));
        assertThat(after(17, "2026-03-02T23:00:00Z", "2026-03-09T22:00:00Z"))
                .isEqualTo(new MaintenanceTasks(false, true, true));
    }

    @Test
    void theFirstMergeOfALakeHasNothingToKeep() {
        assertThat(after(1, "1970-01-01T00:00:00Z", "2026-03-03T00:00:00Z").isEmpty())
                .isTrue();
    }

    @Test
    void tasksAddUp() {
        MaintenanceTasks hourly = new MaintenanceTasks(false, true, false);
        assertThat(MaintenanceTasks.NONE.plus(hourly)).isEqualTo(hourly);
        assertThat(hourly.plus(new MaintenanceTasks(true, false, true))).isEqualTo(MaintenanceTasks.ALL);
    }

    private static MaintenanceTasks after(long merge, String before, String watermark) {
        return MaintenanceTasks.after(
                new MergeMetadata(
                        merge,
                        7,
                        Instant.parse(before).toEpochMilli(),
                        Instant.parse(watermark).toEpochMilli(),
                        new TreeMap<>(),
                        new TreeMap<>()),
                PipelineConfig.defaults().merge());
    }
}
