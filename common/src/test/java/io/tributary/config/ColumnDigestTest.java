package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnDigestTest {

    private static final String AMOUNT = "{name: amount, type: long, from: /amount}";
    private static final String SEEN = "{name: seen, type: timestamp, from: /seen}";

    @Test
    void itIsTheSameInWhateverOrderColumnsStandAndWhateverElseIsConfigured() {
        assertThat(all("columns: [" + AMOUNT + ", " + SEEN + "]"))
                .isEqualTo(all("{merge: {compact_after_files: 3}, columns: [" + SEEN + ", " + AMOUNT + "]}"))
                .isNotEqualTo(all("columns: [" + AMOUNT + "]"))
                .hasSize(16);
    }

    @Test
    void itFollowsTypePlaceAndFormats() {
        String before = all("columns: [" + AMOUNT + "]");
        assertThat(all("columns: [{name: amount, type: int, from: /amount}]")).isNotEqualTo(before);
        assertThat(all("columns: [{name: amount, type: long, from: /total}]")).isNotEqualTo(before);
        assertThat(all("columns: [{name: seen, type: timestamp, from: /seen, time_format: epoch_seconds}]"))
                .isNotEqualTo(all("columns: [" + SEEN + "]"));
    }

    @Test
    void howTheEventsTimeIsWrittenCountsForColumnsOfTimesAlone() {
        String event = "event: {time_format: epoch_seconds}";
        assertThat(all("{columns: [" + AMOUNT + "], " + event + "}")).isEqualTo(all("columns: [" + AMOUNT + "]"));
        assertThat(all("{columns: [" + SEEN + "], " + event + "}")).isNotEqualTo(all("columns: [" + SEEN + "]"));
    }

    private static String all(String yaml) {
        return ColumnDigest.ofAll(PipelineConfig.parse(yaml, "test"));
    }
}
