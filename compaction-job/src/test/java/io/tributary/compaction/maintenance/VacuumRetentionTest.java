package io.tributary.compaction.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VacuumRetentionTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    private final VacuumRetention retention = new VacuumRetention(WEEK);

    @Test
    void theAgeCountsFromWhenTheLakeWasLastWrittenTo() {
        assertThat(retention.at(NOW, NOW.minusSeconds(40))).isEqualTo(WEEK.plusSeconds(40));
    }

    @Test
    void aClockThatIsMonthsAheadDeletesNothingYoungerThanTheRetention() {
        assertThat(retention.at(NOW.plus(Duration.ofDays(60)), NOW)).isEqualTo(WEEK.plusDays(60));
    }

    @Test
    void aClockThatIsBehindKeepsFilesLongerByItself() {
        assertThat(retention.at(NOW.minus(Duration.ofDays(2)), NOW)).isEqualTo(WEEK);
    }
}
