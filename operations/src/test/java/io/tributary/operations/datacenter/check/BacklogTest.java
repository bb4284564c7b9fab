package io.tributary.operations.datacenter.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
    private static final Instant OLDEST = NOW.minus(Duration.ofHours(70));

    @Test
    void theTimeToCatchUpIsOfWhatIsReadBeyondWhatArrives() {
        assertThat(backlog(90_000, 3_600_000, 72).catchUp()).contains(Duration.ofSeconds(10));
        assertThat(lines(backlog(90_000, 3_600_000, 72)))
                .containsExactly(
                        "OK retention the oldest record is 2 d 22 h old; Kafka keeps it 3 d",
                        "OK backlog 90,000 records wait from start earliest; 1,000 records/s arrive (last hour); read at"
                                + " 10,000/s it is caught up in 10 s",
                        "WARN retention the oldest record to be read is deleted in 2 h");
    }

    @Test
    void whoNeverCatchesUpIsTold() {
        assertThat(backlog(1, 36_000_000, 72).catchUp()).isEmpty();
        assertThat(lines(backlog(1, 36_000_000, 72)))
                .last()
                .asString()
                .startsWith("WARN backlog")
                .contains("as fast as");
    }

    @Test
    void recordsThatAreDeletedBeforeTheyCanBeReadAreTold() {
        assertThat(lines(backlog(10_000L * 3 * 3600, 0, 72)))
                .last()
                .isEqualTo("WARN retention the oldest record to be read is deleted in 2 h, before it is caught up: some"
                        + " are lost");
    }

    @Test
    void whatIsNotToldIsNotZero() {
        Backlog backlog =
                new Backlog(0, "start latest", 0, Optional.empty(), Optional.empty(), Optional.empty(), 10_000);

        assertThat(lines(backlog))
                .contains("UNKNOWN retention for how long Kafka keeps a record is not told")
                .contains("OK retention no records yet");
        assertThat(backlog.left(NOW)).isEmpty();
    }

    private static Backlog backlog(long waiting, long perHour, int hoursKept) {
        return new Backlog(
                waiting,
                "start earliest",
                perHour,
                Optional.of(OLDEST),
                Optional.of(OLDEST),
                Optional.of(Duration.ofHours(hoursKept)),
                10_000);
    }

    private static List<String> lines(Backlog backlog) {
        return backlog.results(NOW).stream()
                .map(result -> result.level() + " " + result.about() + " " + result.words())
                .toList();
    }
}
