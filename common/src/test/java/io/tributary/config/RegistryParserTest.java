package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.runtime.RuntimeKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryParserTest {

    private static final String ENTRY =
            "data_centers: [{name: a, bootstrap_servers: 'b:1', topics: [t], kafka: {security.protocol: SSL}, registry: %s}]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{url: 'https://r'} | registry.type: is missing; write confluent or glue",
                "{type: other} | registry.type: \"other\" is not a choice here; write confluent or glue",
                "{type: confluent} | registry.url: is missing",
                "{type: confluent, url: 'r:1'} | registry.url: \"r:1\" is not the address of a registry",
                "{type: confluent, url: 'https://u:p@r'} | is not the address of a registry",
                "{type: confluent, url: 'ftp://r'} | is not the address of a registry",
                "{type: confluent, url: 'https://r?x=y'} | is not the address of a registry",
                "{type: confluent, url: 'https://r', username: u} | registry.password: is missing",
                "{type: confluent, url: 'https://r', username: u, password: secret} | registry.password: must not stand in this file",
                "{type: confluent, url: 'https://r', region: eu-central-1} | registry.region: belongs to type: glue alone",
                "{type: glue, region: Frankfurt} | registry.region: \"Frankfurt\" is not a region",
                "{type: glue, username: u, password: '${env:P}'} | registry.type: is glue, which has no login"
            })
    void aMistakeIsToldWithItsRemedy(String registry, String problem) {
        assertThatThrownBy(() -> DataCenters.parse(ENTRY.formatted(registry), "test"))
                .hasMessageContaining(problem);
    }

    @Test
    void whereTlsIsRequiredARegistryIsNotAskedInClear() {
        String entry = ENTRY.formatted("{type: confluent, url: 'http://r:1'}");
        DataCenterAccess strict = new DataCenterAccess(RuntimeKind.GLUE, Optional.empty(), KafkaTls.REQUIRED);

        assertThat(DataCenters.parse(entry, "test").all()).hasSize(1);
        assertThatThrownBy(() -> DataCenters.parse(entry, "test", strict))
                .hasMessageContaining("registry.url: begins with http");
    }
}
