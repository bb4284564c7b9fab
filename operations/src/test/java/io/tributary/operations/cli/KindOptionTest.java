package io.tributary.operations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.operations.history.HistoryEntry.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.TypeConversionException;

class KindOptionTest {

    private final KindOption option = new KindOption();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindIsNamedByItsWord(Kind kind) {
        assertThat(option.convert(kind.word())).isEqualTo(kind);
        assertThat(option.convert(kind.name())).isEqualTo(kind);
        assertThat(option.convert(kind.word() + "s")).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"erase,REMOVAL", "erasures,REMOVAL", "Remove,MEMBERSHIP", "drain,MEMBERSHIP", "backfill,REPLAY"})
    void aCommandStandsForTheKindThatItBringsAbout(String word, Kind kind) {
        assertThat(option.convert(word)).isEqualTo(kind);
    }

    @Test
    void whatIsNoKindIsToldWithTheNearestOrAll() {
        assertThatThrownBy(() -> option.convert("erasse"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("there is no kind erasse; did you mean erase?");
        assertThatThrownBy(() -> option.convert("somethingelse"))
                .hasMessageContaining("there is no kind somethingelse; known here: batch, deferral, gap");
    }
}
