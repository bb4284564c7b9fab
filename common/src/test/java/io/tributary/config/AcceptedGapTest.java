package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedGapTest {

    @Test
    void bothEndsAsAnOperatorWritesThemBelongToIt() {
        assertThat(AcceptedGap.parse("events-0 offsets 100 to 249")).isEqualTo(new AcceptedGap("events", 0, 100, 250));
        assertThat(AcceptedGap.parse("a-1.b_2-12 offsets 0 to 0")).isEqualTo(new AcceptedGap("a-1.b_2", 12, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"events-0 offsets 100 to 249", "a-1-3 offsets 0 to 999999999999999999"})
    void itIsWrittenAsItIsRead(String text) {
        assertThat(AcceptedGap.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "events-0",
                "events offsets 1 to 2",
                "events-0 offsets 1 until 2",
                "events-0 offsets -1 to 2",
                "events-0 offsets 1 to 9999999999999999999",
                "events-9999999999 offsets 1 to 2",
                "fra/events-0 offsets 1 to 2",
                " events-0 offsets 1 to 2",
            })
    void anythingElseIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> AcceptedGap.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .containsAnyOf("events-0 offsets 100 to 249", "is not a Kafka topic's name");
    }

    @Test
    void aGapThatEndsBeforeItBeginsIsRefused() {
        assertThatThrownBy(() -> AcceptedGap.parse("events-0 offsets 249 to 100"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the gap of events-0 ends before it begins");
    }
}
