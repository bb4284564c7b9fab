package io.tributary.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tributary.config.DedupScope;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.decode.DecodeResult.Event;
import io.tributary.ingest.decode.DecodeResult.Reason;
import io.tributary.ingest.decode.DecodeResult.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordDecoderTest {

    private static final Instant PLANNED_AT = Instant.parse("2026-01-31T08:00:00Z");
    private static final String EVENT =
            "{\"event_id\":\"a1\",\"event_time\":\"2026-01-31T07:59:58Z\",\"event_type\":\"order\"}";

    @ParameterizedTest
    @ValueSource(strings = {"1e-4424126841", "-1e2147483648", "1e4424126841", "0e99999999999", "-1e-2147483648"})
    void aNumberWhoseExponentNoTypeHoldsCostsItsValueAloneAndNotTheRecord(String number) {
        assertThat(decide(EVENT.substring(0, EVENT.length() - 1) + ",\"x\":" + number + "}"))
                .isInstanceOf(Event.class);
    }

    /** Compressed it is a few kilobytes, so any producer can send it. As a tree it would take 30 times its size. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[ | 0] | NOT_AN_OBJECT",
                "[ | 0 | NOT_JSON",
                "{\"event_id\":\"a\",\"x\":[ | 0]}} | NOT_JSON",
                "' {\"event_id\":\"a\",\"x\":[' | 0]} | MISSING_EVENT_TIME"
            })
    void aRecordOfManyPartsCostsAFewTimesItsSizeWhateverItIs(String begin, String end, Reason reason) {
        String record = begin + "{},".repeat(700_000) + end;
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        DecodeResult result = decide(record);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(6L * record.length());
        assertThat(rejected(result)).isEqualTo(reason);
    }

    @Test
    void aRecordWithIdAndTimeIsAnEvent() {
        assertThat(decide(EVENT))
                .isEqualTo(new Event("a1", Instant.parse("2026-01-31T07:59:58Z"), "order", "fra", List.of(), EVENT, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  {\"event_id\":\"a\" , \"event_time\":\"2026-01-31\"}\r\n\t ",
                "{\"event_time\":\"2026-01-31\",\"event_id\":\"\\u00e4 \\ud83d\\ude00\",\"x\":[1e3,1.50,{\"\":null}]}",
                "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\",\"note\":\"Zürich 😀\"}",
            })
    void thePayloadIsTheTextAsItWasReceived(String record) {
        assertThat(event(decide(record)).payload()).isEqualTo(record);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 14, 20, 60, 73})
    void aRecordThatIsCutOffIsNoJson(int length) {
        assertThat(rejected(decide(EVENT.substring(0, length)))).isEqualTo(Reason.NOT_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\"}{\"event_id\":\"b\",\"eve",
                "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\"}{}",
                "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\"} garbage",
                "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\"}}",
                "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\"},",
                "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\"}\u0000x",
                "{\"event_id\":\"a\",\"event_time\":\u0000\"2026-01-31\"}",
                "\u0000{\"event_id\":\"a\",\"event_time\":\"2026-01-31\"}",
                "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\",}",
                "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\",\"x\":NaN}",
                "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\",\"x\":01}",
                "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\"} // said in passing",
                "{event_id:\"a\",\"event_time\":\"2026-01-31\"}",
                "{'event_id':'a','event_time':'2026-01-31'}",
                "{\"event_id\":\"a\nb\",\"event_time\":\"2026-01-31\"}",
                "\uFEFF\uFEFF{\"event_id\":\"a\",\"event_time\":\"2026-01-31\"}",
                " \uFEFF{\"event_id\":\"a\",\"event_time\":\"2026-01-31\"}",
                "event_id=a",
                "\"a",
            })
    void aRecordIsNoJsonEvenIfItsFirstPartParses(String record) {
        assertThat(rejected(decide(record))).isEqualTo(Reason.NOT_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFF{\"event_id\":\"a\",\"event_time\":\"2026-01-31\"}",
                "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\"}\u0000",
                "\uFEFF {\"event_id\":\"a\",\"event_time\":\"2026-01-31\"} \u0000\u0000\u0000",
            })
    void aByteOrderMarkAndNulsThatCloseTheRecordHarmNobody(String record) {
        Event event = event(decide(record));

        assertThat(event.id()).isEqualTo("a");
        assertThat(event.payload()).isEqualTo(record);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0000\u0000\u0000\u0000", "\uFEFF", "\uFEFF\u0000", "\uFEFF  "})
    void aRecordOfNothingElseIsEmpty(String record) {
        assertThat(rejected(decide(record))).isEqualTo(Reason.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "00 00000007, true",
        "00 000000c8, true",
        "03 00 0123456789abcdef0123456789abcdef, true",
        "02 00000007, false",
        "00 000000, false"
    })
    void jsonBehindTheHeaderOfASchemaRegistryIsToldAndReadIfThatIsWanted(String header, boolean isHeader) {
        byte[] bytes = java.util.HexFormat.of().parseHex(header.replace(" ", ""));
        byte[] json = EVENT.getBytes(StandardCharsets.UTF_8);
        byte[] record = Arrays.copyOf(bytes, bytes.length + json.length);
        System.arraycopy(json, 0, record, bytes.length, json.length);

        DecodeResult byDefault = decoder("").decide(record, "fra", PLANNED_AT);
        DecodeResult skipped = decoder("event: {registry_header: skip}").decide(record, "fra", PLANNED_AT);

        if (isHeader) {
            assertThat(rejected(byDefault)).isEqualTo(Reason.REGISTRY_HEADER);
            assertThat(((Rejected) byDefault).detail())
                    .contains("behind the " + bytes.length + " bytes")
                    .contains("set event.registry_header to skip");
            assertThat(event(skipped).payload()).isEqualTo(EVENT);
        } else {
            assertThat(rejected(byDefault)).isEqualTo(Reason.NOT_JSON);
            assertThat(rejected(skipped)).isEqualTo(Reason.NOT_JSON);
        }
    }

    @Test
    void theDetailSaysWhereTheJsonEnds() {
        assertThat(decide("{\"event_id\":\"a\"} x"))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.detail())
                        .contains("at character"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "[{\"event_id\":\"a\",\"event_time\":\"2026-01-31\"}]", "1", "\"text\"", "true", "null"})
    void jsonThatIsNoObjectIsNoEvent(String record) {
        assertThat(rejected(decide(record))).isEqualTo(Reason.NOT_AN_OBJECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t"})
    void aBlankRecordIsEmpty(String record) {
        assertThat(rejected(decide(record))).isEqualTo(Reason.EMPTY);
    }

    @Test
    void aRecordWithoutAValueIsEmpty() {
        assertThat(rejected(decoder("").decide(null, "fra", PLANNED_AT))).isEqualTo(Reason.EMPTY);
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedAndNotReplaced() {
        byte[] latin1 = "{\"event_id\":\"Zürich\",\"event_time\":\"2026-01-31\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] cut = "{\"event_id\":\"ü".getBytes(StandardCharsets.UTF_8);

        assertThat(rejected(decoder("").decide(latin1, "fra", PLANNED_AT))).isEqualTo(Reason.NOT_UTF8);
        assertThat(rejected(decoder("").decide(Arrays.copyOf(cut, cut.length - 1), "fra", PLANNED_AT)))
                .isEqualTo(Reason.NOT_UTF8);
        assertThat(rejected(decoder("").decide(EVENT.getBytes(StandardCharsets.UTF_16), "fra", PLANNED_AT)))
                .isEqualTo(Reason.NOT_UTF8);
    }

    @Test
    void nestingWithoutEndIsRefusedAndHarmsNobody() {
        String deep = "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\",\"x\":" + "[".repeat(400_000);

        assertThat(rejected(decide(deep))).isEqualTo(Reason.NOT_JSON);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            "a"                    | a
            " a "                  | ` a `
            "1"                    | 1
            1                      | 1
            -7                     | -7
            0                      | 0
            123456789012345678901234567890 | 123456789012345678901234567890
            "\\u0000"              | `\u0000`
            """, delimiter = '|')
    void anIdIsTextOrAWholeNumber(String id, String read) {
        assertThat(event(decide(withId(id))).id()).isEqualTo(read);
    }

    @Test
    void anIdOfManyDigitsIsKeptToTheLast() {
        String digits = "9".repeat(900);

        assertThat(event(decide(withId(digits))).id()).isEqualTo(digits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"event_time\":\"2026-01-31\"}", "{\"event_id\":null,\"event_time\":\"2026-01-31\"}"})
    void aRecordWithoutAnIdIsNoEvent(String record) {
        assertThat(rejected(decide(record))).isEqualTo(Reason.MISSING_ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"  \"",
                "\"\\t\"",
                "1.0",
                "1.5",
                "1e3",
                "1e999999999",
                "true",
                "{}",
                "{\"id\":1}",
                "[\"a\"]",
                "\"\\ud800\"",
                "\"a\\udc00b\""
            })
    void whatCannotServeAsAnIdIsNoEvent(String id) {
        assertThat(rejected(decide(withId(id)))).isEqualTo(Reason.INVALID_ID);
    }

    @Test
    void ofDuplicateKeysTheLastCounts() {
        assertThat(event(
                                decide(
                                        "{\"event_id\":\"a\",\"event_time\":\"1999-01-01\",\"event_id\":\"b\",\"event_time\":\"2026-01-31\"}"))
                        .id())
                .isEqualTo("b");
        assertThat(rejected(decide("{\"event_id\":\"a\",\"event_time\":\"2026-01-31\",\"event_id\":null}")))
                .isEqualTo(Reason.MISSING_ID);
    }

    @Test
    void pointersReachIntoObjectsAndArraysAndEscapedNames() {
        RecordDecoder decoder = decoder("""
                event: {id: /meta/ids/1, time: /meta/at~1utc, type: /a~0b, data_center: "/meta/0"}
                columns: [{name: note, type: string, from: "/meta//x"}]
                """);
        String record = """
                {"meta": {"ids": ["no", "yes"], "at/utc": "2026-01-31", "0": "ber", "": {"x": "deep"}}, "a~b": "kind"}""";

        Event event = event(decide(decoder, record));

        assertThat(event.id()).isEqualTo("yes");
        assertThat(event.type()).isEqualTo("kind");
        assertThat(event.dataCenter()).isEqualTo("ber");
        assertThat(event.typed()).containsExactly("deep");
        assertThat(rejected(decide(decoder, "{\"meta\":{\"ids\":[\"only one\"],\"at/utc\":\"2026-01-31\"}}")))
                .isEqualTo(Reason.MISSING_ID);
        assertThat(rejected(decide(decoder, "{\"meta\":\"no object\"}"))).isEqualTo(Reason.MISSING_ID);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', nullValues = "-", delimiter = '|', textBlock = """
            "order"   | order
            7         | 7
            true      | true
            ""        | -
            "  "      | -
            null      | -
            {}        | -
            ["order"] | -
            """)
    void aTypeIsAnySingleValueElseNull(String type, String read) {
        String record = "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\",\"event_type\":" + type + "}";

        assertThat(event(decide(record)).type()).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            "ber" | ber
            12    | 12
            ""    | fra
            null  | fra
            {}    | fra
            """)
    void theDataCenterIsTheOneThatTheRecordNamesElseTheOneThatDeliveredIt(String named, String read) {
        RecordDecoder decoder = decoder("event: {data_center: /dc}");
        String record = "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\",\"dc\":" + named + "}";

        assertThat(event(decide(decoder, record)).dataCenter()).isEqualTo(read);
        assertThat(event(decide(decoder, record.replace("\"dc\"", "\"other\""))).dataCenter())
                .isEqualTo("fra");
        assertThat(event(decide(record)).dataCenter()).isEqualTo("fra");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"event_id\":\"a\"}", "{\"event_id\":\"a\",\"event_time\":null}"})
    void aRecordWithoutATimeIsNoEvent(String record) {
        assertThat(rejected(decide(record))).isEqualTo(Reason.MISSING_EVENT_TIME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"yesterday\"", "\"\"", "true", "{}", "[1700000000000]", "\"2026-02-30\"", "1e999999999"})
    void aTimeThatCannotBeReadIsNoEvent(String time) {
        assertThat(rejected(decide(withTime(time)))).isEqualTo(Reason.INVALID_EVENT_TIME);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T07:00:00Z,        event",
        "2026-01-31T06:59:59.999999Z, absurd",
        "2026-01-31T08:00:05Z,        event",
        "2026-01-31T08:00:05.001Z,    absurd",
        "-999999999-01-01T00:00:00Z,  absurd",
        "+999999999-12-31T23:59:59Z,  absurd",
        "1970-01-01T00:00:00Z,        absurd",
    })
    void theBoundsOfEventTimeBelongToIt(String time, String outcome) {
        RecordDecoder decoder = decoder("event_time: {max_age: 1h, max_ahead: 5s}");
        DecodeResult decision = decide(decoder, withTime('"' + time + '"'));

        if (outcome.equals("event")) {
            assertThat(event(decision).time()).isEqualTo(Instant.parse(time));
        } else {
            assertThat(rejected(decision)).isEqualTo(Reason.EVENT_TIME_OUT_OF_RANGE);
        }
    }

    @Test
    void halfASurrogatePairIsReplacedAndCountedWhereverTextIsTakenFrom() {
        RecordDecoder decoder = decoder("""
                event: {data_center: /dc}
                columns:
                  - {name: note, type: string, from: /note}
                  - {name: all, type: string, from: /x}
                """);
        Event event = event(decide(
                decoder,
                "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\",\"event_type\":\"k\\ud83d\",\"dc\":\"\\ude00b\","
                        + "\"note\":\"\\ud83d\\ud83d\\ude00\",\"x\":{\"y\":\"\\ud800\",\"z\":\"\\u0000\"}}"));

        assertThat(event.type()).isEqualTo("k\uFFFD");
        assertThat(event.dataCenter()).isEqualTo("\uFFFDb");
        assertThat(event.typed()).containsExactly("\uFFFD\ud83d\ude00", "{\"y\":\"\uFFFD\",\"z\":\"\\u0000\"}");
        assertThat(event.castFailures()).isEqualTo(4);
        assertThat(event.payload()).contains("\\ud83d");
    }

    @Test
    void aRecordOnWhichReadingFailsIsRefusedWithoutItsContent() {
        Rejected failed = (Rejected) RecordDecoder.guarded(() -> {
            throw new IllegalStateException("secret");
        });
        Rejected tooDeep = (Rejected) RecordDecoder.guarded(() -> {
            throw new StackOverflowError();
        });
        Rejected tooLarge = (Rejected) RecordDecoder.guarded(() -> {
            throw new OutOfMemoryError("Java heap space");
        });

        assertThat(failed.reason()).isEqualTo(Reason.UNDECODABLE);
        assertThat(failed.detail())
                .startsWith("java.lang.IllegalStateException at io.tributary.ingest.decode.RecordDecoderTest.")
                .doesNotContain("secret");
        assertThat(tooDeep.reason()).isEqualTo(Reason.UNDECODABLE);
        assertThat(tooDeep.detail()).startsWith("java.lang.StackOverflowError");
        assertThat(tooLarge.reason()).isEqualTo(Reason.UNDECODABLE);
        assertThat(tooLarge.detail()).startsWith("java.lang.OutOfMemoryError");
    }

    @Test
    void valuesThatDoNotFitAreCountedAndCostNothingElse() {
        RecordDecoder decoder = decoder("""
                columns:
                  - {name: amount, type: "decimal(10,2)", from: /order/amount}
                  - {name: pieces, type: int, from: /order/pieces}
                  - {name: paid, type: boolean, from: /order/paid}
                  - {name: note, type: string, from: /order/note}
                """);
        String record = """
                {"event_id": "a", "event_time": "2026-01-31",
                 "order": {"amount": "a lot", "pieces": 2.5, "paid": null, "note": "n"}}""";

        Event event = event(decide(decoder, record));

        assertThat(event.typed()).containsExactly(null, null, null, "n");
        assertThat(event.castFailures()).isEqualTo(2);
        assertThat(event.payload()).isEqualTo(record);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "-1e999999999",
                "1e-999999999",
                "1e2147483647",
                "1e-2147483647",
                "10e2147483647",
                "1e2147483648",
                "1e99999999999999999999",
                "0e2147483647",
                "-0.0",
            })
    void aMonstrousNumberAnywhereIsDecidedAtOnce(String number) {
        RecordDecoder decoder = decoder("""
                columns:
                  - {name: a, type: string, from: /x}
                  - {name: b, type: int, from: /x}
                  - {name: c, type: long, from: /x}
                  - {name: d, type: double, from: /x}
                  - {name: e, type: "decimal(38,0)", from: /x}
                  - {name: f, type: "decimal(10,5)", from: /x}
                  - {name: g, type: timestamp, from: /x}
                  - {name: h, type: date, from: /x}
                  - {name: i, type: boolean, from: /x}
                  - {name: j, type: string, from: /y}
                """);
        String record = "{\"event_id\":\"a\",\"event_time\":%s,\"x\":%s,\"y\":[%s]}";

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (String written : List.of(number, '"' + number + '"')) {
                assertThatNoException()
                        .isThrownBy(() -> decide(decoder, record.formatted("\"2026-01-31\"", written, number)));
                assertThatNoException().isThrownBy(() -> decide(decoder, record.formatted(written, "1", "1")));
                assertThatNoException().isThrownBy(() -> decide(decoder, withId(written)));
            }
        });
    }

    @Test
    void aTextOfAMillionDigitsIsDecidedAtOnce() {
        RecordDecoder decoder = decoder("columns: [{name: n, type: \"decimal(38,0)\", from: /n}]");
        String record = "{\"event_id\":\"a\",\"event_time\":\"2026-01-31\",\"n\":\"" + "9".repeat(1_000_000) + "\"}";

        Event event = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> event(decide(decoder, record)));

        assertThat(event.typed()).containsExactly((Object) null);
        assertThat(event.castFailures()).isEqualTo(1);
    }

    @Test
    void aRejectedRecordTellsOfWhichEventItIsAsFarAsThatCanBeRead() {
        RecordDecoder decoder = decoder("event: {data_center: /site}");
        for (String time : List.of("\"yesterday\"", "null", "\"1999-01-01\"")) {
            assertThat(decide(decoder, "{\"event_id\":7,\"event_time\":" + time + ",\"site\":\"nyc\"}"))
                    .isInstanceOfSatisfying(Rejected.class, rejected -> {
                        assertThat(rejected.id()).isEqualTo("7");
                        assertThat(rejected.dataCenter()).isEqualTo("nyc");
                    });
            assertThat(decide(withTime(time)))
                    .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.dataCenter())
                            .isEqualTo("fra"));
        }
        assertThat(decide(withId("{}"))).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.id())
                .isNull());
    }

    @Test
    void identityIsTheIdOrThePairOfDataCenterAndId() {
        Event one = new Event("1 b", PLANNED_AT, null, "a", List.of(), "", 0);
        Event other = new Event("b", PLANNED_AT, null, "a 1", List.of(), "", 0);

        assertThat(one.identity(DedupScope.GLOBAL)).isEqualTo("1 b");
        assertThat(one.identity(DedupScope.DATA_CENTER)).isNotEqualTo(other.identity(DedupScope.DATA_CENTER));
        assertThat(new Event("b", PLANNED_AT, null, "c", List.of(), "", 0).identity(DedupScope.GLOBAL))
                .isEqualTo(other.identity(DedupScope.GLOBAL));
    }

    @Test
    void theSameBytesAreAlwaysDecidedAlike() {
        assertThat(decide(EVENT)).isEqualTo(decide(EVENT));
        assertThat(decide("{\"a\"")).isEqualTo(decide("{\"a\""));
    }

    private static String withId(String json) {
        return "{\"event_id\":" + json + ",\"event_time\":\"2026-01-31\"}";
    }

    private static String withTime(String json) {
        return "{\"event_id\":\"a\",\"event_time\":" + json + "}";
    }

    private static DecodeResult decide(String record) {
        return decide(decoder(""), record);
    }

    private static DecodeResult decide(RecordDecoder decoder, String record) {
        return decoder.decide(record.getBytes(StandardCharsets.UTF_8), "fra", PLANNED_AT);
    }

    private static RecordDecoder decoder(String yaml) {
        return new RecordDecoder(DecodeRules.of(PipelineConfig.parse(yaml, "pipeline.yaml")));
    }

    private static Event event(DecodeResult decision) {
        assertThat(decision).isInstanceOf(Event.class);
        return (Event) decision;
    }

    private static Reason rejected(DecodeResult decision) {
        assertThat(decision).isInstanceOf(Rejected.class);
        return ((Rejected) decision).reason();
    }
}
