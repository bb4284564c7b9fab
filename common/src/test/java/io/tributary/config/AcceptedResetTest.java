package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedResetTest {

    @Test
    void aResetIsReadAsItIsReported() {
        AcceptedReset reset = new AcceptedReset("audit.log-2", "5L6g3nShT-eMCtK--X86sw/-/1");

        assertThat(AcceptedReset.parse(reset.toString())).isEqualTo(reset);
        assertThat(reset).hasToString("audit.log-2 as 5L6g3nShT-eMCtK--X86sw/-/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "events", "events as", "events as c", "events c/t", "events as c/t/0", "a b as c/t"})
    void anythingElseIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> AcceptedReset.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("is not a reset; copy it from the job's report, for example events as"
                        + " 5L6g3nShT-eMCtK--X86sw/eKQ2LRtESzmZ1f6m8eWkVA/1");
    }
}
