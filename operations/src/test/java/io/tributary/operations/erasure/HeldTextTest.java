package io.tributary.operations.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7 | {\"event_id\":7,\"x\":1}",
                "7 | {\"event_id\":\"7\",\"x\":1}",
                "7 | 7",
                "a-1 | no JSON: a-1; and more",
                "a-1 | a-12 a-1",
                "ä1 | \"ä1\"",
                "\"42\" | {\"customer\":\"42\"}"
            })
    void aTextThatStandsByItselfIsHeld(String text, String record) {
        assertThat(isIn(text, record)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7 | {\"event_id\":17,\"x\":\"2026-07-17\"}",
                "7 | {\"event_id\":\"order-7\",\"amount\":1.7}",
                "a-1 | {\"event_id\":\"a-12\"}",
                "a-1 | {\"event_id\":\"äa-1\"}",
                "\"42\" | {\"customer\":\"142\"}",
                "a-1 | a-"
            })
    void aPartOfALongerWordIsNot(String text, String record) {
        assertThat(isIn(text, record)).isFalse();
    }

    @Test
    void anEmptyTextWouldBeHeldByAll() {
        assertThatThrownBy(() -> new HeldText("")).hasMessage("everything holds an empty text");
    }

    private static boolean isIn(String text, String record) {
        return new HeldText(text).isIn(record.getBytes(StandardCharsets.UTF_8));
    }
}
