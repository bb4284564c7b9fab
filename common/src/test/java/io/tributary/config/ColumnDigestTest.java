package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class ColumnDigestTest {

    private static final String AMOUNT = "{name: amount, type: long, from: /amount}";
    private static final String SEEN = "{name: seen, type: timestamp, from: /seen}";

    @Test
    void itIsTheSameInWhateverOrderColumnsStandAndWhateverElseIsConfigured() {
        assertThat(all("columns: [" + AMOUNT + ", " + SEEN + "]"))
                .isEqualTo(all("{merge: {compact_after_files: 3}, columns: [" + SEEN + ", " + AMOUNT + "]}"))
                .containsOnlyKeys("amount", "seen")
                .containsAllEntriesOf(all("columns: [" + AMOUNT + "]"))
                .allSatisfy((name, digest) -> assertThat(digest).hasSize(16));
    }

    @Test
    void itFollowsTypePlaceAndFormats() {
        SortedMap<String, String> before = all("columns: [" + AMOUNT + "]");
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

    @Test
    void timesCountWhereverTheColumnHoldsThem() {
        String event = "event: {time_format: epoch_seconds}";
        String nested = "columns: [{name: all, type: \"array<struct<at:timestamp>>\", from: /all}]";
        String plain = "columns: [{name: all, type: \"array<struct<at:string>>\", from: /all}]";
        assertThat(all("{" + nested + ", " + event + "}")).isNotEqualTo(all(nested));
        assertThat(all("{" + plain + ", " + event + "}")).isEqualTo(all(plain));
    }

    private static SortedMap<String, String> all(String yaml) {
        return ColumnDigest.ofAll(PipelineConfig.parse(yaml, "test"));
    }
}
