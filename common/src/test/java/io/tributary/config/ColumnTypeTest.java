package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.ColumnType.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DECIMAL", "ARRAY", "MAP", "STRUCT"})
    void everyKindReadsBackAsItIsWritten(Kind kind) {
        ColumnType type = new ColumnType(kind, 0, 0);

        assertThat(ColumnType.parse(type.toString())).isEqualTo(type);
    }

    @Test
    void aDecimalHasPrecisionAndScale() {
        assertThat(ColumnType.parse("decimal(18,4)")).isEqualTo(new ColumnType(Kind.DECIMAL, 18, 4));
        assertThat(ColumnType.parse("decimal( 38 , 38 )")).isEqualTo(new ColumnType(Kind.DECIMAL, 38, 38));
        assertThat(ColumnType.parse("decimal(9)")).hasToString("decimal(9,0)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"decimal(0,0)", "decimal(39,2)"})
    void aDecimalsPrecisionHasBounds(String text) {
        assertThatThrownBy(() -> ColumnType.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" has a precision outside 1 to 38; write for example decimal(18,4)");
    }

    @Test
    void aDecimalsScaleFitsItsPrecision() {
        assertThatThrownBy(() -> ColumnType.parse("decimal(4,5)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"decimal(4,5)\" has a scale outside 0 to its precision; write for example decimal(18,4)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Long", "bigint", "decimal", "decimal()", "decimal(a)", "decimal(99999999999)"})
    void whatIsNoTypeIsRefused(String text) {
        assertThatThrownBy(() -> ColumnType.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "\"" + text + "\" is not a column type; write string, boolean, int, long, double");
    }

    @Test
    void onlyADecimalHasDigits() {
        assertThatThrownBy(() -> new ColumnType(Kind.INT, 3, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only a decimal has a precision and a scale, not a INT");
    }
}
