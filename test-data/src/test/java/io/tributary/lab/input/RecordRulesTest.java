package io.tributary.lab.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordRulesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final RecordRules rules = rules("""
            event: {id: /meta/ids/0, time: /at, data_center: /meta/a~1b}
            event_time: {max_age: 10d, max_ahead: 1s}
            """);

    @Test
    void fieldsAreFoundWhereThePointersPoint() {
        assertThat(read("{\"at\":1772366400000,\"meta\":{\"ids\":[\"x\",\"y\"],\"a/b\":\"us\"}}"))
                .contains(new ForeignEvent(Optional.of("us"), "x", 1772366400000000L));
    }

    @Test
    void aWholeNumberIsAnIdAndADataCentre() {
        assertThat(read("{\"at\":1772366400000,\"meta\":{\"ids\":[12345678901234567890],\"a/b\":7}}"))
                .contains(new ForeignEvent(Optional.of("7"), "12345678901234567890", 1772366400000000L));
    }

    @Test
    void withoutAnIdThereIsNoEvent() {
        for (String ids : new String[] {
            "[]", "[null]", "[\"\"]", "[\" \\t\"]", "[1.5]", "[true]", "[{}]", "[\"\\ud800\"]", "{}", "\"x\""
        }) {
            assertThat(read("{\"at\":1772366400000,\"meta\":{\"ids\":" + ids + "}}"))
                    .isEmpty();
        }
        assertThat(read("{\"at\":1772366400000}")).isEmpty();
    }

    @Test
    void timesMustLieWithinTheBounds() {
        assertThat(read(at("2026-02-19T12:00:00Z"))).isPresent();
        assertThat(read(at("2026-02-19T11:59:59.999Z"))).isEmpty();
        assertThat(read(at("2026-03-01T12:00:01Z"))).isPresent();
        assertThat(read(at("2026-03-01T12:00:01.000999Z"))).isPresent();
        assertThat(read(at("2026-03-01T12:00:01.001Z"))).isEmpty();
        assertThat(read(at("never"))).isEmpty();
    }

    @Test
    void theDataCentreIsKnownAlsoOfWhatIsNoEvent() {
        assertThat(rules.dataCenterOf(bytes("{\"meta\":{\"a/b\":\"us\"}}"))).contains("us");
        assertThat(rules.dataCenterOf(bytes("{\"meta\":{\"a/b\":null}}"))).isEmpty();
        assertThat(rules.dataCenterOf(bytes("{\"meta\":{\"a/b\":\"us\"}"))).isEmpty();
        assertThat(rules("").dataCenterOf(bytes("{\"data_center\":\"us\"}"))).isEmpty();
    }

    @Test
    void anIdOfSeveralPlacesIsTheirPartsWithASlashBetweenThem() {
        RecordRules several = rules("event: {id: [/a, /b, /c], time: /at}");
        assertThat(several.read(bytes("{\"a\":\"x/y\",\"b\":7,\"c\":\"~\",\"at\":1772366400000}"), NOW)
                        .map(ForeignEvent::id))
                .contains("x~1y/7/~0");
        assertThat(several.read(bytes("{\"a\":\"x\",\"c\":\"z\",\"at\":1772366400000}"), NOW))
                .isEmpty();
        assertThat(rules("event: {id: [/a, key], time: /at}").read(bytes("{\"a\":1,\"at\":1772366400000}"), NOW))
                .isEmpty();
    }

    @Test
    void anEventWithoutATimeIsOfTheTimeOfItsRecordIfThatIsWanted() {
        RecordRules byKafka = rules("event: {id: /a, time: /at, time_fallback: kafka}");
        for (String record : new String[] {"{\"a\":1}", "{\"a\":1,\"at\":null}"}) {
            assertThat(byKafka.read(bytes(record), NOW).map(ForeignEvent::timeMicros))
                    .contains(NOW.toEpochMilli() * 1_000);
            assertThat(rules("event: {id: /a, time: /at}").read(bytes(record), NOW))
                    .isEmpty();
        }
        assertThat(byKafka.read(bytes("{\"a\":1,\"at\":\"\"}"), NOW)).isEmpty();
    }

    @Test
    void whatARuleOfTheConfigurationPassesOverIsKnown() {
        RecordRules passing = rules("event: {on_tombstone: skip, on_heartbeat: {where: [/op = h, /beat, /n = 0]}}");
        for (String record : new String[] {"", "{\"op\":\"h\"}", "{\"beat\":[]}", "{\"n\":0}"}) {
            assertThat(passing.passOver(bytes(record))).as(record).isTrue();
            assertThat(rules("").passOver(bytes(record))).as(record).isFalse();
        }
        for (String record :
                new String[] {" ", "{\"op\":\"H\"}", "{\"beat\":null}", "{\"n\":[0]}", "[\"h\"]", "{\"op\":\"h\""}) {
            assertThat(passing.passOver(bytes(record))).as(record).isFalse();
        }
    }

    @Test
    void whatIsAroundTheJsonIsReadAsTheConfigurationSays() {
        String event = "{\"at\":1772366400000,\"meta\":{\"ids\":[\"x\"]}}";
        assertThat(read("\uFEFF" + event)).isPresent();
        assertThat(read(event + "\u0000\u0000")).isPresent();
        byte[] behind = bytes("\u0000\u0000\u0000\u0000\u0007" + event);
        RecordRules skipping = rules("event: {id: /meta/ids/0, time: /at, registry_header: skip}");
        assertThat(skipping.read(behind, NOW)).isPresent();
        assertThat(skipping.payload(behind)).isEqualTo(bytes(event));
        assertThat(rules.read(behind, NOW)).isEmpty();
        assertThat(rules.payload(behind)).isEqualTo(behind);
    }

    private Optional<ForeignEvent> read(String json) {
        return rules.read(bytes(json), NOW);
    }

    private static String at(String time) {
        return "{\"at\":\"" + time + "\",\"meta\":{\"ids\":[1]}}";
    }

    private static byte[] bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static RecordRules rules(String yaml) {
        PipelineConfig config = PipelineConfig.parse(yaml, "test");
        return new RecordRules(config.event(), config.eventTime());
    }
}
