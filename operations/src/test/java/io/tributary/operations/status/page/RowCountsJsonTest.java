package io.tributary.operations.status.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.operations.completeness.EventHour;
import io.tributary.operations.status.ValidThrough;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RowCountsJsonTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00.123Z");

    private static EventHour hour(OptionalLong duplicates, Optional<Instant> merged) {
        return new EventHour(
                "fra",
                Instant.parse("2026-03-01T09:00:00Z"),
                12,
                9,
                duplicates,
                2,
                1,
                new ValidThrough(Optional.of(AT), merged));
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        RowCounts counted = new RowCounts(
                AT,
                Duration.ofMillis(1_234),
                List.of(hour(OptionalLong.of(1), Optional.of(AT)), hour(OptionalLong.empty(), Optional.empty())),
                List.of(new Lateness("10 s", 5, 2), new Lateness("more", 0, 1)),
                Optional.empty());
        RowCounts notCounted =
                new RowCounts(AT, Duration.ZERO, List.of(), List.of(), Optional.of("Not counted here, since …"));

        assertThat(RowCountsJson.parse(RowCountsJson.write(counted))).contains(counted);
        assertThat(RowCountsJson.parse(RowCountsJson.write(notCounted))).contains(notCounted);
    }

    @Test
    void whatIsNotWholeCountsAsNotThere() {
        assertThat(RowCountsJson.parse("{\"at\":\"2026-03")).isEmpty();
        assertThat(RowCountsJson.parse("{\"at\":\"yesterday\",\"took_millis\":1,\"hours\":[],\"lateness\":[]}"))
                .isEmpty();
        assertThat(RowCountsJson.parse("{}")).isEmpty();
    }

    @Test
    void countingIsRepeatedAfterAMinuteOrFiftyTimesAsLongAsItTook() {
        RowCounts quick = new RowCounts(
                AT,
                Duration.ofMillis(200),
                List.of(hour(OptionalLong.of(1), Optional.of(AT))),
                List.of(),
                Optional.empty());
        RowCounts slow = new RowCounts(
                AT,
                Duration.ofSeconds(6),
                List.of(hour(OptionalLong.of(1), Optional.of(AT))),
                List.of(),
                Optional.empty());

        assertThat(quick.isCurrent(AT.plusSeconds(59))).isTrue();
        assertThat(quick.isCurrent(AT.plusSeconds(60))).isFalse();
        assertThat(slow.isCurrent(AT.plusSeconds(299))).isTrue();
        assertThat(slow.isCurrent(AT.plusSeconds(300))).isFalse();
    }
}
