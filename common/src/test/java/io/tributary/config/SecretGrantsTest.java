package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretGrantsTest {

    private static final String BASE = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:";
    private static final String FRA = BASE + "AmazonMSK_fra-AbCdEf";

    private final SecretGrants grants = new SecretGrants(Map.of(
            "fra",
            List.of(FRA, BASE + "keys/fra/*"),
            "nyc",
            List.of(BASE + "nyc-GhIjKl"),
            SecretGrants.EACH,
            List.of(BASE + "lake/prod/*")));

    @ParameterizedTest
    @CsvSource({
        "fra, AmazonMSK_fra, " + FRA,
        "fra, " + FRA + ", " + FRA,
        "fra, " + BASE + "AmazonMSK_fra, " + FRA,
        "fra, keys/fra/client-secret, keys/fra/client-secret",
        "fra, lake/prod/fra, lake/prod/fra",
        "fra, lake/prod/fra/kafka-client, lake/prod/fra/kafka-client",
        "sin, lake/prod/sin, lake/prod/sin",
        "sin, " + BASE + "lake/prod/sin/a-AbCdEf, " + BASE + "lake/prod/sin/a-AbCdEf",
    })
    void aDataCenterUsesItsOwn(String dataCenter, String secret, String asked) {
        assertThat(grants.secretFor(dataCenter, secret)).contains(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "nyc, AmazonMSK_fra",
        "nyc, " + FRA,
        "sin, nyc",
        "sin, keys/fra/client",
        "sin, lake/prod/fra",
        "sin, lake/prod",
        "sin, lake/prod/",
        "sin, lake/prod/sinister",
        "fra, lake/prod/fra-abcdef",
        "fra, " + BASE + "lake/prod/fra-abcdef",
        "fra, lake/prod/fra.a",
        "fra, keys/fra",
        "fra, keys/franz/a",
        "fra, AmazonMSK_fr",
        "fra, AmazonMSK_fra-AbCdEg",
        "fra, arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_fra",
        "fra, arn:aws:secretsmanager:eu-central-1:999922223333:secret:lake/prod/fra/x",
    })
    void aDataCenterUsesNoOther(String dataCenter, String secret) {
        assertThat(grants.secretFor(dataCenter, secret)).isEmpty();
    }

    @Test
    void theyReadBackAsTheyAreWritten() {
        assertThat(SecretGrants.parse(grants.toString())).isEqualTo(grants);
        assertThat(grants.toString()).startsWith("*=" + BASE + "lake/prod/*,fra=" + FRA);
        assertThat(grants.all()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fra | holds \"fra\"; write DATA_CENTER=ARN",
                "=x | holds \"=x\"; write DATA_CENTER=ARN",
                "fra=password | \"password\" is not one; write the secret's whole ARN",
                "fra=" + BASE + "a | is not one; write the secret's whole ARN",
                "a/b=" + FRA + " | \"a/b\" is not a data center's name",
                "*=" + FRA + " | is one secret, and no two data centers share one",
            })
    void whatGrantsNothingIsRefused(String text, String problem) {
        assertThatThrownBy(() -> SecretGrants.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }
}
