package io.tributary.compaction.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.DedupScope;
import io.tributary.lake.erasure.ErasureRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ErasureDeadlinesTest {

    private static final Instant ASKED = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void filesStayAsLongAsConfiguredIfThatIsEarlyEnough() {
        assertThat(new ErasureDeadlines(List.of()).shorten(WEEK, ASKED)).isEqualTo(WEEK);
        assertThat(within(30).shorten(WEEK, ASKED)).isEqualTo(WEEK);
    }

    @Test
    void anErasureWithAnEarlierDeadlineShortensItAndLeavesTimeForTheDailyRun() {
        assertThat(within(5).shorten(WEEK, ASKED)).isEqualTo(Duration.ofDays(3));
    }

    @Test
    void filesThatReadersNeedStayWhateverAnErasureAsksFor() {
        assertThat(within(1).shorten(WEEK, ASKED)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void anErasureOfLongAgoShortensNothing() {
        assertThat(within(5).shorten(WEEK, ASKED.plus(Duration.ofDays(13)))).isEqualTo(WEEK);
        assertThat(within(5).shorten(WEEK, ASKED.plus(Duration.ofDays(11)))).isEqualTo(Duration.ofDays(3));
    }

    private static ErasureDeadlines within(int days) {
        return new ErasureDeadlines(List.of(new ErasureRequest(
                1,
                ASKED,
                "somebody",
                "test",
                "1 event ids",
                Duration.ofDays(days),
                DedupScope.GLOBAL,
                "00",
                Set.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>())));
    }
}
