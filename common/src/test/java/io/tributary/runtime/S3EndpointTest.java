package io.tributary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class S3EndpointTest {

    @Test
    void withoutAnAddressThereIsNone() {
        assertThat(endpoint(Map.of(), Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "secret")))
                .isEmpty();
    }

    @Test
    void theEnvironmentNamesAddressAndKeys() {
        S3Endpoint endpoint = endpoint(
                        Map.of(),
                        Map.of(
                                "TRIBUTARY_S3_ENDPOINT", "http://127.0.0.1:9000",
                                "AWS_ACCESS_KEY_ID", "key",
                                "AWS_SECRET_ACCESS_KEY", "hidden"))
                .orElseThrow();

        assertThat(endpoint.settings())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:9000",
                        "spark.hadoop.fs.s3a.endpoint.region", "us-east-1",
                        "spark.hadoop.fs.s3a.path.style.access", "true",
                        "spark.hadoop.fs.s3a.access.key", "key",
                        "spark.hadoop.fs.s3a.secret.key", "hidden"));
        assertThat(endpoint(endpoint.properties(), Map.of())).contains(endpoint);
        assertThat(endpoint.toString()).doesNotContain("hidden");
    }

    @Test
    void propertiesGoBeforeTheEnvironment() {
        assertThat(endpoint(
                        Map.of(
                                "tributary.s3.endpoint", "http://127.0.0.1:1",
                                "aws.accessKeyId", "mine",
                                "aws.secretAccessKey", "own"),
                        Map.of(
                                "TRIBUTARY_S3_ENDPOINT", "http://127.0.0.1:2",
                                "AWS_ACCESS_KEY_ID", "key",
                                "AWS_SECRET_ACCESS_KEY", "secret")))
                .contains(new S3Endpoint(URI.create("http://127.0.0.1:1"), Optional.of("mine"), Optional.of("own")));
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        assertThatThrownBy(() -> endpoint(Map.of(), Map.of("TRIBUTARY_S3_ENDPOINT", "127.0.0.1")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("\"127.0.0.1\" in TRIBUTARY_S3_ENDPOINT is not an address; write it as http://");
    }

    @Test
    void halfAKeyIsRefused() {
        assertThatThrownBy(() -> endpoint(
                        Map.of("tributary.s3.endpoint", "http://127.0.0.1:1", "aws.accessKeyId", "key"), Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("only one is set");
    }

    private static Optional<S3Endpoint> endpoint(Map<String, String> properties, Map<String, String> variables) {
        return S3Endpoint.of(properties::get, variables::get);
    }
}
