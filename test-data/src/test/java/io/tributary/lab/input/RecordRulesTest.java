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
