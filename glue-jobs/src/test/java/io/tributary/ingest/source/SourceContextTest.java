package io.tributary.ingest.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SourceContextTest {

    @Test
    void aSourceThatTheJobDidNotLoadIsRefused() {
        assertThatThrownBy(() -> SourceContext.take("unknown"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was not loaded by the streaming job");
        assertThatThrownBy(() -> SourceContext.take(null)).isInstanceOf(IllegalStateException.class);
    }
}
