package io.tributary.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class S3SettingsTest {

    private final Configuration hadoop = new Configuration(false);

    @Test
    void withoutSettingsTheSdkFindsItsWay() throws IOException {
        assertThat(S3Settings.of(hadoop, "lake"))
                .isEqualTo(new S3Settings(
                        Optional.empty(), Optional.empty(), false, Optional.empty(), Duration.ofSeconds(30), 5));
    }

    @Test
    void everySettingIsRead() throws IOException {
        set("endpoint", "http://127.0.0.1:9000");
        set("endpoint.region", "eu-west-1");
        set("path.style.access", "true");
        set("access.key", "key");
        set("secret.key", "secret");
        set("session.token", "token");
        set("connection.request.timeout", "7s");
        set("attempts.maximum", "2");

        assertThat(S3Settings.of(hadoop, "lake"))
                .isEqualTo(new S3Settings(
                        Optional.of(URI.create("http://127.0.0.1:9000")),
                        Optional.of("eu-west-1"),
                        true,
                        Optional.of(new S3Keys("key", "secret", Optional.of("token"))),
                        Duration.ofSeconds(7),
                        2));
    }

    @Test
    void aBucketsOwnSettingGoesFirst() throws IOException {
        set("endpoint.region", "eu-west-1");
        set("bucket.lake.endpoint.region", "us-west-2");

        assertThat(S3Settings.of(hadoop, "lake").region()).contains("us-west-2");
        assertThat(S3Settings.of(hadoop, "other").region()).contains("eu-west-1");
    }

    @Test
    void anEndpointOfAwsNamesItsRegion() throws IOException {
        set("endpoint", "s3.eu-central-1.amazonaws.com");
        assertThat(S3Settings.of(hadoop, "lake").region()).contains("eu-central-1");
        assertThat(S3Settings.of(hadoop, "lake").endpoint()).isEmpty();

        set("endpoint", "s3.amazonaws.com");
        assertThat(S3Settings.of(hadoop, "lake").region()).isEmpty();
        assertThat(S3Settings.of(hadoop, "lake").endpoint()).isEmpty();

        set("endpoint", "bucket.vpce-1a2b.s3.us-gov-west-1.vpce.amazonaws.com");
        assertThat(S3Settings.of(hadoop, "lake").region()).contains("us-gov-west-1");
        assertThat(S3Settings.of(hadoop, "lake").endpoint())
                .contains(URI.create("https://bucket.vpce-1a2b.s3.us-gov-west-1.vpce.amazonaws.com"));
    }

    @Test
    void anEndpointWithoutASchemeUsesTlsUnlessToldOtherwise() throws IOException {
        set("endpoint", "127.0.0.1:9000");
        assertThat(S3Settings.of(hadoop, "lake").endpoint()).contains(URI.create("https://127.0.0.1:9000"));

        set("connection.ssl.enabled", "false");
        assertThat(S3Settings.of(hadoop, "lake").endpoint()).contains(URI.create("http://127.0.0.1:9000"));
    }

    @Test
    void secretsAreNotShown() throws IOException {
        set("access.key", "key");
        set("secret.key", "hidden");
        set("session.token", "hidden");

        assertThat(S3Settings.of(hadoop, "lake").toString()).contains("key").doesNotContain("hidden");
    }

    private void set(String name, String value) {
        hadoop.set("fs.s3a." + name, value);
    }
}
