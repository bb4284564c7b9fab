package io.tributary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlueEndpointTest {

    @Test
    void withoutAnAddressThereIsNone() {
        assertThat(endpoint(Map.of(), Map.of())).isEmpty();
        assertThat(endpoint(Map.of(), Map.of("TRIBUTARY_GLUE_ENDPOINT", " "))).isEmpty();
    }

    @Test
    void propertiesGoBeforeTheEnvironment() {
        Map<String, String> variables = Map.of("TRIBUTARY_GLUE_ENDPOINT", "http://127.0.0.1:2");
        GlueEndpoint first = new GlueEndpoint(URI.create("http://127.0.0.1:1"));

        assertThat(endpoint(Map.of(), variables)).contains(new GlueEndpoint(URI.create("http://127.0.0.1:2")));
        assertThat(endpoint(first.properties(), variables)).contains(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9100", "not an address"})
    void anAddressThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> endpoint(Map.of(), Map.of("TRIBUTARY_GLUE_ENDPOINT", text)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The Glue endpoint \"" + text
                        + "\" in TRIBUTARY_GLUE_ENDPOINT is not an address; write it as" + " http://127.0.0.1:9100");
    }

    private static Optional<GlueEndpoint> endpoint(Map<String, String> properties, Map<String, String> variables) {
        return GlueEndpoint.of(properties::get, variables::get);
    }
}
