package io.tributary.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What producers send as times, read under a configuration that says so. */
class ProducersTimesTest {

    private static final Instant NOW = Instant.parse("2025-06-15T09:00:00Z");
    private static final RecordDecoder DECODER = RecordDecoder.of(PipelineConfig.parse("""
            event: {id: /id, time: /ts, time_format: [iso8601, yyyyMMddHHmmss, "yyyyMMdd'T'HHmmssX", epoch_auto]}
            columns: [{name: seen, type: timestamp, from: /seen, time_format: [epoch_auto, yyyyMMdd]}]
            """, "test"));

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            1749974400000          | 2025-06-15T08:00:00Z
            1749974400             | 2025-06-15T08:00:00Z
            1749974400.123456      | 2025-06-15T08:00:00.123Z
            "1749974400"           | 2025-06-15T08:00:00Z
            "1749974400.123"       | 2025-06-15T08:00:00.123Z
            1749974400000000       | 2025-06-15T08:00:00Z
            1749974400000000000    | 2025-06-15T08:00:00Z
            "1749974400000000"     | 2025-06-15T08:00:00Z
            1749974400000.5        | 2025-06-15T08:00:00Z
            1.7499744e12           | 2025-06-15T08:00:00Z
            "20250615080000"       | 2025-06-15T08:00:00Z
            "2025-06-15t08:00:00z" | 2025-06-15T08:00:00Z
            "2025-06-15 08:00:00,123" | 2025-06-15T08:00:00.123Z
            "2025-06-15 08:00:00.123456789 +0000 UTC" | 2025-06-15T08:00:00.123Z
            "2025-06-15 08:00:00 +0000" | 2025-06-15T08:00:00Z
            "2025-06-15 08:00:00 UTC" | 2025-06-15T08:00:00Z
            "2025-06-15T10:00:00+02:00[Europe/Berlin]" | 2025-06-15T08:00:00Z
            "20250615T080000Z"     | 2025-06-15T08:00:00Z
            """)
    void theTimeOfAnEvent(String written, Instant time) {
        assertThat(decide("{\"id\":\"a\",\"ts\":" + written + "}"))
                .isInstanceOfSatisfying(DecodeResult.Event.class, event -> assertThat(event.time())
                        .isEqualTo(time));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            638855712000000000     | EVENT_TIME_OUT_OF_RANGE
            45823.333333           | EVENT_TIME_OUT_OF_RANGE
            20250615               | EVENT_TIME_OUT_OF_RANGE
            0                      | EVENT_TIME_OUT_OF_RANGE
            -1                     | EVENT_TIME_OUT_OF_RANGE
            ""                     | INVALID_EVENT_TIME
            {"$date":1}            | INVALID_EVENT_TIME
            "/Date(1749974400000)/" | INVALID_EVENT_TIME
            "2025-06-15T08:00:00 CET" | INVALID_EVENT_TIME
            "2025-06-14T24:00:00Z" | INVALID_EVENT_TIME
            true                   | INVALID_EVENT_TIME
            null                   | MISSING_EVENT_TIME
            """)
    void whatIsNoTimeOfAnEvent(String written, DecodeResult.Reason reason) {
        assertThat(decide("{\"id\":\"a\",\"ts\":" + written + "}"))
                .isInstanceOfSatisfying(DecodeResult.Rejected.class, rejected -> assertThat(rejected.reason())
                        .isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            1749974400             | 2025-06-15T08:00:00Z
            1749974400000          | 2025-06-15T08:00:00Z
            1749974400000000       | 2025-06-15T08:00:00Z
            1749974400000000000    | 2025-06-15T08:00:00Z
            "1749974400"           | 2025-06-15T08:00:00Z
            1749974400.25          | 2025-06-15T08:00:00.250Z
            """)
    void theTimeInAColumn(String written, Instant time) {
        assertThat(decide("{\"id\":\"a\",\"ts\":\"2025-06-15\",\"seen\":" + written + "}"))
                .isInstanceOfSatisfying(DecodeResult.Event.class, event -> assertThat(event.typed())
                        .containsExactly(time));
    }

    private static DecodeResult decide(String record) {
        return DECODER.decide(record.getBytes(StandardCharsets.UTF_8), "fra", NOW);
    }
}
