package io.tributary.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import io.tributary.ingest.decode.DecodeResult.Event;
import io.tributary.ingest.decode.DecodeResult.Reason;
import io.tributary.ingest.decode.DecodeResult.Rejected;
import io.tributary.ingest.read.RecordContent;
import io.tributary.ingest.read.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events whose parts lie in the key and in headers, ids of several places, and events without a time of their own. */
class RecordPlacesTest {

    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
    private static final Instant STAMPED = Instant.parse("2026-01-31T07:59:59.123Z");
    private static final byte[] NO_TEXT = {(byte) 0xff, 0};

    private static final String CLOUD_EVENTS = """
            event: {id: ["header:ce_source", "header:ce_id"], time: "header:ce_time", type: "header:ce_type",
                    time_fallback: kafka}
            columns:
              - {name: subject, type: string, from: "header:ce_subject"}
              - {name: n, type: int, from: /n}
              - {name: key_text, type: string, from: key}
            """;

    @Test
    void aCloudEventInBinaryModeIsAnEvent() {
        Event event = event(decide(
                CLOUD_EVENTS,
                "{\"n\":5}",
                "k1",
                header("ce_source", "/shops/a"),
                header("ce_id", "1"),
                header("ce_time", "2026-01-31t07:00:00z"),
                header("ce_type", "order"),
                header("ce_subject", "s")));

        assertThat(event.id()).isEqualTo("~1shops~1a/1");
        assertThat(event.time()).isEqualTo(Instant.parse("2026-01-31T07:00:00Z"));
        assertThat(event.type()).isEqualTo("order");
        assertThat(event.typed()).containsExactly("s", 5, "k1");
        assertThat(event.castFailures()).isZero();
    }

    @Test
    void theHeaderOfASchemaRegistryIsSkippedBeforeKeysAsWell() {
        String keyed = "event: {id: %s, time: /at, registry_header: %s}";
        String value = "{\"at\":\"2026-01-31T07:00:00Z\"}";
        String key = "\u0000\u0000\u0000\u0000\u0007{\"id\":5}";

        assertThat(event(decide(keyed.formatted("key:/id", "skip"), value, key)).id())
                .isEqualTo("5");
        assertThat(event(decide(keyed.formatted("key", "skip"), value, key)).id())
                .isEqualTo("{\"id\":5}");
        assertThat(reason(decide(keyed.formatted("key:/id", "quarantine"), value, key)))
                .isEqualTo(Reason.MISSING_ID);
    }

    @Test
    void anEventWithoutATimeHasThatOfItsKafkaRecordIfThatIsWanted() {
        String withoutTime = "event: {id: /id, time: /at, time_fallback: kafka}";

        assertThat(event(decide(withoutTime, "{\"id\":\"a\"}", null)).time()).isEqualTo(STAMPED);
        assertThat(event(decide(withoutTime, "{\"id\":\"a\",\"at\":null}", null))
                        .time())
                .isEqualTo(STAMPED);
        assertThat(reason(decide(withoutTime, "{\"id\":\"a\",\"at\":\"\"}", null)))
                .isEqualTo(Reason.INVALID_EVENT_TIME);
        assertThat(reason(decide("event: {id: /id, time: /at}", "{\"id\":\"a\"}", null)))
                .isEqualTo(Reason.MISSING_EVENT_TIME);
        assertThat(reason(decoder(withoutTime)
                        .decide(RecordContent.ofValue(bytes("{\"id\":\"a\"}")), new Delivery("fra", null, NOW))))
                .isEqualTo(Reason.MISSING_EVENT_TIME);
        assertThat(reason(decoder(withoutTime)
                        .decide(
                                RecordContent.ofValue(bytes("{\"id\":\"a\"}")),
                                new Delivery("fra", NOW.plusSeconds(3600), NOW))))
                .isEqualTo(Reason.EVENT_TIME_OUT_OF_RANGE);
    }

    @Test
    void theOutboxPatternHasTheIdInTheKey() {
        String value = "{\"at\":\"2026-01-31\"}";

        assertThat(event(decide("event: {id: key, time: /at}", value, "order-7"))
                        .id())
                .isEqualTo("order-7");
        assertThat(event(decide("event: {id: key:/id, time: /at}", value, "{\"id\":7,\"x\":[1]}"))
                        .id())
                .isEqualTo("7");
        assertThat(event(decide("event: {id: key:/payload/id, time: /at}", value, "{\"payload\":{\"id\":\"a\"}}"))
                        .id())
                .isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-7", "[7]", "{\"id\":", "", "{}", "{\"id\":null}", "{\"id\":1}{}"})
    void aKeyThatIsNoObjectOrLacksTheIdGivesNone(String key) {
        assertThat(reason(decide("event: {id: key:/id, time: /at}", "{\"at\":\"2026-01-31\"}", key)))
                .isEqualTo(Reason.MISSING_ID);
    }

    @Test
    void bytesThatAreNoTextAreNoIdNoTimeAndNoValue() {
        RecordContent record = new RecordContent(
                bytes("{\"id\":\"a\",\"at\":\"2026-01-31\"}"),
                NO_TEXT,
                RecordHeaders.json(headers(new RecordHeader("h", NO_TEXT))));
        Delivery delivery = new Delivery("fra", STAMPED, NOW);

        assertThat(reason(decoder("event: {id: key, time: /at}").decide(record, delivery)))
                .isEqualTo(Reason.INVALID_ID);
        assertThat(reason(decoder("event: {id: header:h, time: /at}").decide(record, delivery)))
                .isEqualTo(Reason.INVALID_ID);
        assertThat(reason(decoder("event: {id: /id, time: 'header:h', time_fallback: kafka}")
                        .decide(record, delivery)))
                .isEqualTo(Reason.INVALID_EVENT_TIME);
        Event event = event(decoder("""
                event: {id: /id, time: /at, type: "header:h"}
                columns:
                  - {name: a, type: string, from: "header:h"}
                  - {name: b, type: double, from: key}
                  - {name: c, type: timestamp, from: key}
                  - {name: d, type: boolean, from: key}
                """).decide(record, delivery));
        assertThat(event.type()).isNull();
        assertThat(event.typed()).containsExactly(null, null, null, null);
        assertThat(event.castFailures()).isEqualTo(4);
    }

    @Test
    void ofHeadersWithOneNameTheLastCountsAndANullIsNone() {
        String config = "event: {id: header:i, time: /at}";
        String value = "{\"at\":\"2026-01-31\"}";

        assertThat(event(decide(config, value, null, header("i", "1"), header("i", "2")))
                        .id())
                .isEqualTo("2");
        assertThat(reason(decide(config, value, null, header("i", "1"), new RecordHeader("i", null))))
                .isEqualTo(Reason.MISSING_ID);
        assertThat(reason(decide(config, value, null, header("I", "1")))).isEqualTo(Reason.MISSING_ID);
        assertThat(reason(decide(config, value, null, header("i", " ")))).isEqualTo(Reason.INVALID_ID);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "order" | 7        | order/7
            "order" | "7"      | order/7
            "a/b"   | "c"      | a~1b/c
            "a"     | "b/c"    | a/b~1c
            "a~1b"  | "c"      | a~01b/c
            " "     | "c"      | -
            "a"     | null     | -
            "a"     | {}       | -
            """)
    void anIdOfSeveralPlacesIsOneTextThatNoOtherPartsGive(String first, String second, String id) {
        DecodeResult result = decide(
                "event: {id: [/a, /b], time: /at}",
                "{\"a\":" + first + ",\"b\":" + second + ",\"at\":\"2026-01-31\"}",
                null);

        if (id.equals("-")) {
            assertThat(reason(result)).isIn(Reason.MISSING_ID, Reason.INVALID_ID);
        } else {
            assertThat(event(result).id()).isEqualTo(id);
        }
    }

    @Test
    void aRecordWithoutAValueIsPassedOverIfThatIsWanted() {
        Delivery delivery = new Delivery("fra", STAMPED, NOW);
        for (byte[] none : new byte[][] {null, {}}) {
            RecordContent tombstone = new RecordContent(none, bytes("7"), null);
            assertThat(decoder("event: {on_tombstone: skip}").decide(tombstone, delivery))
                    .isInstanceOf(DecodeResult.WithoutEvent.class);
            assertThat(reason(decoder("").decide(tombstone, delivery))).isEqualTo(Reason.EMPTY);
        }
        assertThat(reason(decide("event: {on_tombstone: skip}", " ", null))).isEqualTo(Reason.EMPTY);
    }

    @Test
    void aHeartbeatIsPassedOverAndNothingElse() {
        String config =
                "event: {id: /id, time: /at, on_heartbeat: {where: [/op = h, /beat, /n = 0, 'header:kind = beat']}}";
        for (String beat :
                List.of("{\"op\":\"h\"}", "{\"beat\":{}}", "{\"n\":0}", "{\"op\":\"h\",\"id\":1,\"at\":1}")) {
            assertThat(decide(config, beat, null)).as(beat).isInstanceOf(DecodeResult.WithoutEvent.class);
        }
        assertThat(decide(config, "{}", null, header("kind", "beat"))).isInstanceOf(DecodeResult.WithoutEvent.class);
        for (String other :
                List.of("{\"op\":\"H\"}", "{\"beat\":null}", "{\"n\":[0]}", "{\"op\":null}", "{\"x\":\"h\"}")) {
            assertThat(reason(decide(config, other, null))).as(other).isEqualTo(Reason.MISSING_ID);
        }
        assertThat(reason(decide(config, "[\"h\"]", null))).isEqualTo(Reason.NOT_AN_OBJECT);
    }

    @Test
    void theDetailNamesThePlaceThatLacksItsPart() {
        assertThat(((Rejected) decide("event: {id: [/a, header:b], time: /at}", "{\"a\":1}", null)).detail())
                .isEqualTo("nothing, or null, at header:b");
    }

    @Test
    void headersAreWrittenInTheirOrderWithoutLoss() {
        assertThat(RecordHeaders.json(headers())).isNull();
        assertThat(RecordHeaders.json(
                        headers(header("a", "\"ä\""), new RecordHeader("b", NO_TEXT), new RecordHeader("a", null))))
                .isEqualTo("[[\"a\",\"\\\"ä\\\"\"],[\"b\",{\"base64\":\"/wA=\"}],[\"a\",null]]");
    }

    private static DecodeResult decide(String config, String value, String key, RecordHeader... headers) {
        return decoder(config)
                .decide(
                        new RecordContent(
                                bytes(value), key == null ? null : bytes(key), RecordHeaders.json(headers(headers))),
                        new Delivery("fra", STAMPED, NOW));
    }

    private static RecordDecoder decoder(String config) {
        return RecordDecoder.of(PipelineConfig.parse(config, "test"));
    }

    private static RecordHeader header(String name, String value) {
        return new RecordHeader(name, bytes(value));
    }

    private static org.apache.kafka.common.header.internals.RecordHeaders headers(RecordHeader... headers) {
        return new org.apache.kafka.common.header.internals.RecordHeaders(List.copyOf(Stream.of(headers)
                .map(header -> (org.apache.kafka.common.header.Header) header)
                .toList()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Event event(DecodeResult result) {
        assertThat(result).isInstanceOf(Event.class);
        return (Event) result;
    }

    private static Reason reason(DecodeResult result) {
        assertThat(result).isInstanceOf(Rejected.class);
        return ((Rejected) result).reason();
    }
}
