package io.tributary.lab.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1",
                "{\"a\":1,}",
                "{\"a\":1}}",
                "{\"a\":1}{\"a\":1}",
                "{\"a\":1} x",
                "{\"a\":1},",
                "[{\"a\":1}]",
                "\"a\"",
                "1",
                "null",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":NaN}",
                "{\"a\":tru}",
                "{\"a\":\"x\ty\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "// no\n{\"a\":1}",
                "\uFEFF\uFEFF{\"a\":1}",
                "{\"a\":1}\u0000 ",
                "{\"a\":1}\u0000\n",
                "\u0000{\"a\":1}"
            })
    void whatIsNotOneObjectIsNoObject(String value) {
        assertThat(StrictJson.object(bytes(value))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", " {\"a\":1} ", "\t{\"a\":[1,{\"b\":null}],\"c\":-1.5e3}\r\n", "{\"a\":\"\\u00e9\\n\"}"})
    void oneObjectIsAnObjectWhateverSpaceIsAroundIt(String value) {
        assertThat(StrictJson.object(bytes(value))).isPresent();
    }

    @Test
    void theLastOfTwoEqualKeysCounts() {
        assertThat(StrictJson.object(bytes("{\"a\":1,\"b\":2,\"a\":3}"))
                        .orElseThrow()
                        .values())
                .containsEntry("a", new Json.Num("3"));
    }

    @Test
    void numbersThatFitNowhereDoNoHarm() {
        assertThat(StrictJson.object(bytes("{\"a\":1e999999999999,\"b\":-1e-2147483647}")))
                .isPresent();
        assertThat(StrictJson.object(bytes("{\"a\":-1e-4424126841}"))).isPresent();
        assertThat(StrictJson.object(bytes("{\"a\":" + "1".repeat(1_000) + "}")))
                .isPresent();
        assertThat(StrictJson.object(bytes("{\"a\":" + "1".repeat(1_001) + "}")))
                .isEmpty();
    }

    @Test
    void whatIsNestedWithoutEndIsNoObject() {
        assertThat(StrictJson.object(nested(999))).isPresent();
        assertThat(StrictJson.object(nested(1_000))).isEmpty();
        assertThat(StrictJson.object(nested(100_000))).isEmpty();
    }

    private static byte[] nested(int arrays) {
        return bytes("{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}");
    }

    @Test
    void invalidUtf8IsNoObject() {
        byte[] value = bytes("{\"a\":\"xy\"}");
        value[6] = (byte) 0xC3;
        assertThat(StrictJson.object(value)).isEmpty();
    }

    private static byte[] bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
