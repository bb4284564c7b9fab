package io.tributary.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ArrivalHourTest {

    private static final ArrivalHour LAST_OF_JANUARY = new ArrivalHour(LocalDate.of(2026, 1, 31), 23);

    @Test
    void aMomentLiesInOneHour() {
        assertThat(ArrivalHour.of(Instant.parse("2026-01-31T23:00:00Z"))).isEqualTo(LAST_OF_JANUARY);
        assertThat(ArrivalHour.of(Instant.parse("2026-01-31T23:59:59.999Z"))).isEqualTo(LAST_OF_JANUARY);
    }

    @Test
    void anHourEndsWhereTheNextBegins() {
        assertThat(LAST_OF_JANUARY.end()).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(ArrivalHour.of(LAST_OF_JANUARY.end())).isGreaterThan(LAST_OF_JANUARY);
    }

    @Test
    void aPartitionsValuesAreRead() {
        assertThat(ArrivalHour.parse("2026-01-31", "23")).contains(LAST_OF_JANUARY);
    }

    @Test
    void whatIsNoHourIsNone() {
        assertThat(ArrivalHour.parse("", "")).isEmpty();
        assertThat(ArrivalHour.parse("2026-01-31", "24")).isEmpty();
        assertThat(ArrivalHour.parse("2026-01-31", "-1")).isEmpty();
        assertThat(ArrivalHour.parse("2026-02-30", "1")).isEmpty();
    }

    @Test
    void hoursFollowEachOther() {
        ArrivalHour noon = new ArrivalHour(LocalDate.of(2026, 2, 1), 12);

        assertThat(noon).isGreaterThan(LAST_OF_JANUARY).isLessThan(new ArrivalHour(noon.date(), 13));
    }
}
