package io.tributary.lake.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileStatisticsTest {

    private static final FileStatistics NOON_TO_ONE = statistics("""
            {"numRecords":3,"minValues":{"t":"2026-01-31T12:00:00.000Z"},"maxValues":{"t":"2026-01-31T13:00:00.000Z"}}""");

    @Test
    void theyTellHowManyRowsWereWritten() {
        assertThat(NOON_TO_ONE.rows()).hasValue(3);
        assertThat(statistics("{}").rows()).isEmpty();
    }

    @Test
    void aSpanThatMeetsTheFilesMayBeInIt() {
        assertThat(mayHold("12:30:00", "12:40:00")).isTrue();
        assertThat(mayHold("11:00:00", "14:00:00")).isTrue();
        assertThat(mayHold("11:00:00", "12:00:00")).isTrue();
        assertThat(mayHold("13:00:00", "14:00:00")).isTrue();
    }

    @Test
    void aSpanOutsideTheFilesIsNotInIt() {
        assertThat(mayHold("11:00:00", "11:59:59.999999")).isFalse();
        assertThat(mayHold("13:00:00.002", "14:00:00")).isFalse();
    }

    @Test
    void aTimeThatTheLogHasCutToMillisecondsMayBeInIt() {
        assertThat(mayHold("13:00:00.000999", "14:00:00")).isTrue();
    }

    @Test
    void withoutABoundAnythingMayBeInIt() {
        Instant noon = Instant.parse("2026-01-31T12:00:00Z");

        assertThat(statistics("{}").mayHold("t", noon, noon)).isTrue();
        assertThat(NOON_TO_ONE.mayHold("other", noon, noon)).isTrue();
        assertThat(of("\"\"").mayHold("t", noon, noon)).isTrue();
        assertThat(of("null").mayHold("t", noon, noon)).isTrue();
    }

    @Test
    void whatCannotBeReadCountsAsLeftOut() {
        Instant noon = Instant.parse("2026-01-31T12:00:00Z");

        assertThat(statistics("{").rows()).isEmpty();
        assertThat(statistics("{").mayHold("t", noon, noon)).isTrue();
        assertThat(statistics("{\"maxValues\":{\"t\":\"2026-01-30 12:00:00\"}}").mayHold("t", noon, noon))
                .isTrue();
    }

    private static boolean mayHold(String from, String to) {
        return NOON_TO_ONE.mayHold(
                "t", Instant.parse("2026-01-31T" + from + "Z"), Instant.parse("2026-01-31T" + to + "Z"));
    }

    private static FileStatistics statistics(String json) {
        return of("\"" + json.replace("\"", "\\\"") + "\"");
    }

    private static FileStatistics of(String value) {
        return CommitActions.parse(List.of("{\"add\":{\"path\":\"f1\",\"partitionValues\":{},\"size\":1,"
                        + "\"modificationTime\":1,\"dataChange\":true,\"stats\":" + value + "}}"))
                .added()
                .get(0)
                .statistics();
    }
}
