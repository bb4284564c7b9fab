package io.tributary.config.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tributary.config.DataCenter;
import io.tributary.config.DataCenterFixtures;
import io.tributary.config.DataCenters;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaOptionsTest {

    private static final String JAAS = "sasl.jaas.config";

    @ParameterizedTest
    @ValueSource(
            strings = {"ssl.keystore.password", "ssl.key.password", "ssl.truststore.password", "ssl.keystore.key", JAAS
            })
    void aSecretInClearIsRefusedAndNotShown(String key) {
        for (String value : List.of("hunter2", "", "${env:A}hunter2", "hunter2${env:A}")) {
            assertThatThrownBy(() -> KafkaOptions.require(key, value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("holds a secret in clear (not shown here); write a reference in its place:"
                            + " ${env:NAME}, ${file:/path} or ${secret:NAME#KEY}");
        }
        assertThatCode(() -> KafkaOptions.require(key, "${env:A}")).doesNotThrowAnyException();
        assertThatCode(() -> KafkaOptions.require(key, "${file:/run/secrets/a}"))
                .doesNotThrowAnyException();
        assertThatCode(() -> KafkaOptions.require(key, "${secret:kafka/fra1#password}"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "My.Keystore.Password",
                "sasl.oauthbearer.client.credentials.client.secret",
                "sasl.oauthbearer.assertion.private.key.passphrase",
                "basic.auth.user.info",
                "some.api_key",
                "token"
            })
    void aSecretOfAnOptionThatKafkaDoesNotKeepSecretIsRefusedInEveryForm(String key) {
        assertThatThrownBy(() -> KafkaOptions.require(key, "hunter2"))
                .hasMessage("holds a secret in clear (not shown here); Kafka does not keep it secret here: remove it");
        assertThatThrownBy(() -> KafkaOptions.require(key, "${env:A}"))
                .hasMessageStartingWith("holds a reference, and");
    }

    @ParameterizedTest
    @CsvSource({
        "client.id, tributary-${env:STAGE}",
        "client.id, '${file:/etc/passwd}|${env:HOME}'",
        "client.rack, ${secret:kafka/fra1#rack}",
        "security.protocol, SASL_${env:P}",
        "sasl.mechanism, ${env:M}",
        "sasl.client.callback.handler.class, ${env:H}",
        "sasl.kerberos.service.name, ${secret:a}",
        "sasl.oauthbearer.token.endpoint.url, https://idp/${secret:a}",
        "ssl.truststore.location, /${env:HOME}",
        "some.option.of.a.reporter, ${env:A}"
    })
    void aReferenceInAnOptionThatKafkaShowsOrSendsInClearIsRefused(String key, String value) {
        assertThatThrownBy(() -> KafkaOptions.require(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "holds a reference, and what it yields would be shown and sent in clear; write the value itself,"
                                + " or remove it. References stand in sasl.jaas.config, ssl.key.password,"
                                + " ssl.keystore.certificate.chain, ssl.keystore.key, ssl.keystore.password,"
                                + " ssl.truststore.certificates, ssl.truststore.password alone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.pem | -----BEGIN PRIVATE KEY-----abc",
                "a.login | user=x password = hunter2",
                "sasl.oauthbearer.token.endpoint.url | https://me:hunter2@idp/token",
            })
    void aSecretInAnyOtherOptionIsRefusedToo(String key, String value) {
        assertThatThrownBy(() -> KafkaOptions.require(key, value)).hasMessageContaining("holds a secret in clear");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssl.keystore.location | /etc/keys.p12",
                "ssl.keystore.type | PKCS12",
                "ssl.keystore.certificate.chain | -----BEGIN CERTIFICATE-----",
                "sasl.oauthbearer.token.endpoint.url | https://idp/token",
                "sasl.oauthbearer.assertion.private.key.file | /etc/key.pem",
            })
    void whatIsNoSecretMayStandInClear(String key, String value) {
        assertThatCode(() -> KafkaOptions.require(key, value)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "software.amazon.msk.auth.iam.IAMLoginModule required;",
                "software.amazon.msk.auth.iam.IAMLoginModule required awsProfileName=\"prod\" awsDebugCreds=true ;",
                "a.ScramLoginModule required\n  username=\"me\"\n  password=\"${env:P}\";",
                "a.OAuthBearerLoginModule required clientId=\"me\" clientSecret=${env:S} scope=\"a b\";",
                "a.Krb5LoginModule required useKeyTab=true keyTab=\"/etc/k\" principal=\"k@REALM\";"
            })
    void aLoginLineMayHoldWhatIsNoSecret(String line) {
        assertThatCode(() -> KafkaOptions.require(JAAS, line)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.ScramLoginModule required username=\"me\" password=\"hunter2\";",
                "a.ScramLoginModule required username=\"me\" password = hunter2;",
                "a.ScramLoginModule required username=\"me\" password=\"${env:P}hunter2\";",
                "a.ScramLoginModule required username=\"x\\\" \" password=\"hunter2\";",
                "a.Vendor required whatever=\"hunter2\";",
                "software.amazon.msk.auth.iam.IAMLoginModule required password=\"hunter2\";",
                "a.ScramLoginModule required username=\"me\" \"password\"=\"hunter2\";",
                "a.ScramLoginModule required username=\"me\"; hunter2"
            })
    void aLoginLineWithASecretIsRefused(String line) {
        assertThatThrownBy(() -> KafkaOptions.require(JAAS, line))
                .hasMessageContaining("holds a secret in clear (not shown here)");
    }

    @ParameterizedTest
    @CsvSource({
        "sasl.mechansim, sasl.mechanism",
        "sasl.mechanisms, sasl.mechanism",
        "security-protocol, security.protocol",
        "security.protocl, security.protocol",
        "ssl.truststore.certificate, ssl.truststore.certificates",
        "ssl.keystore.pasword, ssl.keystore.password",
        "SSL.Keystore.Password, ssl.keystore.password",
        "max.poll.record, max.poll.records",
    })
    void anOptionWhoseNameIsNearAKnownOneIsRefused(String key, String meant) {
        assertThatThrownBy(() -> KafkaOptions.require(key, "hunter2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("is not an option of a Kafka consumer; did you mean " + meant + "?");
    }

    @Test
    void anOptionWhoseNameIsNearOneOfOursIsNotToBeCorrected() {
        assertThatThrownBy(() -> KafkaOptions.require("auto.offset.rest", "latest"))
                .hasMessage(
                        "is not an option of a Kafka consumer; did you mean auto.offset.reset? That is not yours to set:"
                                + " write it as start of the data center");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.b", "schema.registry.url", "bearer.auth.issuer", "listener.name.x.ssl.protocol", "region"})
    void anOptionThatIsUnlikeAllKnownOnesIsSomebodyElses(String key) {
        assertThatCode(() -> KafkaOptions.require(key, "x")).doesNotThrowAnyException();
    }

    @Test
    void noMessageOfAFileShowsASecret() {
        String yaml = """
                data_centers:
                  - name: fra1
                    bootstrap_servers: "a:1"
                    topics: [e]
                    ssl.key.password: hunter2
                    kafka:
                      ssl.key.password: hunter2
                      kafka.ssl.key.password: hunter2
                      ssl.keystore.password: "${hunter2}"
                      group.id: hunter2
                      sasl.jaas.config: {password: hunter2}
                """;

        assertThatThrownBy(() -> DataCenters.parse(yaml, "dc.yaml"))
                .hasMessageContaining("has 6 problems")
                .hasMessageContaining("data_centers[0].kafka.ssl.key.password: holds a secret in clear")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*hunter2", "!hunter2! x", "'hunter2", "@hunter2", "\"\\hunter2\"", "{hunter2", "a: hunter2: b"})
    void noSyntaxErrorShowsASecret(String value) {
        String yaml = "data_centers:\n  - kafka:\n      ssl.key.password: " + value + "\n";

        assertThatThrownBy(() -> DataCenters.parse(yaml, "dc.yaml"))
                .hasMessageMatching("(?s).* has 1 problem:\n  line \\d+, column \\d+: .*")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aDataCenterBuiltInCodeObeysTheSameRules() {
        assertThatThrownBy(() -> DataCenterFixtures.with(Map.of("ssl.key.password", "hunter2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds a secret in clear")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aDataCenterShowsReferencesOnly() {
        DataCenter dataCenter = DataCenterFixtures.with(Map.of("ssl.key.password", "${env:P}"));

        assertThat(dataCenter.toString()).contains("ssl.key.password=${env:P}");
    }

    static Stream<String> longValues() {
        return Stream.of(
                "://" + ":".repeat(200_000),
                "://a" + ":b".repeat(100_000),
                "://a:b".repeat(30_000),
                "password" + " ".repeat(200_000),
                "password'".repeat(20_000),
                "${file:/".repeat(25_000),
                "${file:/$".repeat(25_000),
                "${file:/" + "$".repeat(200_000),
                "${env:A".repeat(25_000),
                "${secret:a#".repeat(20_000),
                "${secret:" + "a".repeat(200_000),
                "org.apache.kafka.common.security.plain.PlainLoginModule required" + " a=".repeat(60_000) + ";",
                "org.apache.kafka.common.security.plain.PlainLoginModule required a=\"" + "\\\\".repeat(100_000),
                "org.apache.kafka.common.security.plain.PlainLoginModule required " + "a".repeat(200_000),
                "org.apache.kafka.common.security.plain.PlainLoginModule" + " required".repeat(20_000),
                " ".repeat(200_000));
    }

    @ParameterizedTest
    @MethodSource("longValues")
    void aLongValueTakesNoLongerThanItsLength(String value) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        // By the processor's time, which does not depend on what else the machine does.
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            long begun = threads.getCurrentThreadCpuTime();
            for (String key : List.of("client.id", "ssl.key.password", JAAS, "sasl.mechanism", "security.protocol")) {
                try {
                    KafkaOptions.require(key, value);
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageNotContaining("aaaaaaaaa");
                }
            }
            assertThatCode(() -> JaasConfig.isReadable(value)).doesNotThrowAnyException();
            assertThatCode(() -> JaasConfig.resolve(value, text -> text)).doesNotThrowAnyException();
            assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - begun))
                    .isLessThan(Duration.ofSeconds(2));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://me:pw@idp",
                "https://me:p:w@idp",
                "https://::w@idp",
                "https://:a:w@idp",
                "secret = x",
                "a password\"  : x",
                "-----BEGIN PRIVATE KEY-----"
            })
    void aSecretWithinAValueIsFound(String value) {
        assertThatThrownBy(() -> KafkaOptions.require("client.id", value))
                .hasMessageStartingWith("holds a secret in clear (not shown here)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://:w@idp", "https://me@idp", "https://idp:9/a@b", "https://a:@b", "a secret place"})
    void whatOnlyLooksLikeASecretIsAccepted(String value) {
        assertThatCode(() -> KafkaOptions.require("client.id", value)).doesNotThrowAnyException();
    }

    @Test
    void aPathMayHoldADollarSignAndNoReference() {
        assertThat(SecretReferences.isOnlyReferences("${file:/run/$a/b c}")).isTrue();
        assertThatThrownBy(() -> KafkaOptions.require("ssl.key.password", "${file:/run/${env:A}}"))
                .hasMessageStartingWith("holds ${…} that is not a reference");
    }
}
