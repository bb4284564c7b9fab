package io.tributary.config.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.DataCenterFixtures;
import io.tributary.config.DataCenters;
import io.tributary.error.InvalidInputException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaslOptionsTest {

    private static final String LINE = "sasl.jaas.config: \"${env:L}\"";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final String OAUTH = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
    private static final String IAM = "software.amazon.msk.auth.iam.IAMLoginModule";
    private static final String HANDLER = "software.amazon.msk.auth.iam.IAMClientCallbackHandler";
    private static final String HANDLER_OPTION = ", sasl.client.callback.handler.class: " + HANDLER;

    @ParameterizedTest
    @ValueSource(strings = {"sasl_ssl", "SASL-SSL", "SASL", "TLS", "\"\"", "hunter2"})
    void aProtocolThatKafkaDoesNotHaveIsRefusedAndNotShown(String protocol) {
        assertRefused(
                "security.protocol: " + protocol,
                "security.protocol: is not a Kafka security protocol; write PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL, in capitals");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAINTEXT", "SSL", "\"SSL \""})
    void aProtocolOfKafkaIsTaken(String protocol) {
        assertTaken("security.protocol: " + protocol);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PLAIN1 | PLAIN",
                "plain | PLAIN",
                "SCRAM-SHA512 | SCRAM-SHA-512",
                "SCRAM_SHA_256 | SCRAM-SHA-256",
                "GSAPI | GSSAPI",
                "OAUTHBEARERR | OAUTHBEARER",
                "AWS-MSK-IAM | AWS_MSK_IAM",
            })
    void aMechanismThatIsNearAKnownOneIsRefused(String mechanism, String meant) {
        assertRefused(
                "security.protocol: SASL_SSL, sasl.mechanism: " + mechanism,
                "sasl.mechanism: is not a login mechanism; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-512", "VENDOR"})
    void aMechanismThatIsKnownOrUnlikeAllIsTaken(String mechanism) {
        assertTaken("security.protocol: SASL_SSL, sasl.mechanism: " + mechanism + ", " + LINE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sasl.mechanism: PLAIN | is missing, and PLAINTEXT, its default, does not log in, so that Kafka would pass"
                        + " over sasl.jaas.config, sasl.mechanism; write security.protocol: SASL_SSL, or remove them",
                "security.protocol: SSL | SSL does not log in, so that Kafka would pass over sasl.jaas.config; write"
                        + " security.protocol: SASL_SSL, or remove them",
                "security.protocol: PLAINTEXT | PLAINTEXT does not log in, so that Kafka would pass over"
                        + " sasl.jaas.config; write security.protocol: SASL_SSL, or remove them",
            })
    void aLoginThatWouldBePassedOverIsRefused(String options, String problem) {
        assertRefused(options + ", " + LINE, "security.protocol: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SASL_SSL | the login line or a reference to it, and sasl.mechanism",
                "SASL_PLAINTEXT, sasl.mechanism: PLAIN | the login line, which begins with " + PLAIN
                        + " required, or a reference to it",
                "SASL_SSL, sasl.mechanism: SCRAM-SHA-256 | the login line, which begins with " + SCRAM
                        + " required, or a reference to it",
                "SASL_SSL, sasl.mechanism: OAUTHBEARER | the login line, which begins with " + OAUTH
                        + " required, or a reference to it",
                "SASL_SSL, sasl.mechanism: AWS_MSK_IAM" + HANDLER_OPTION + " | the login line, which begins with " + IAM
                        + " required, or a reference to it",
            })
    void aProtocolThatLogsInNeedsALogin(String options, String remedy) {
        assertRefused(
                "security.protocol: " + options,
                "sasl.jaas.config: is missing, and " + options.replaceAll(",.*", "")
                        + " does not log in without it; write " + remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GSSAPI", "VENDOR"})
    void aLoginThatTheJavaMachineMayHaveIsNotMissed(String mechanism) {
        assertTaken("security.protocol: SASL_SSL, sasl.mechanism: " + mechanism);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'' | is missing",
                "', sasl.jaas.config: " + IAM + " required;' | is missing",
                "', sasl.client.callback.handler.class: software.amazon.msk.auth.iam.IamClientCallbackHandlr' | names no"
                        + " class that there is",
            })
    void theMechanismOfAwsNeedsItsHandler(String more, String what) {
        assertRefused(
                "security.protocol: SASL_SSL, sasl.mechanism: AWS_MSK_IAM" + more.replace("'", ""),
                "sasl.client.callback.handler.class: " + what
                        + ", and AWS_MSK_IAM does not log in without it; write sasl.jaas.config:"
                        + " software.amazon.msk.auth.iam.IAMLoginModule required; and"
                        + " sasl.client.callback.handler.class: software.amazon.msk.auth.iam.IAMClientCallbackHandler");
    }

    @ParameterizedTest
    @ValueSource(strings = {HANDLER, "com.example.OurHandler"})
    void theMechanismOfAwsIsTakenWithItsHandlerOrAnother(String handler) {
        assertTaken("security.protocol: SASL_SSL, sasl.mechanism: AWS_MSK_IAM, sasl.jaas.config: " + IAM
                + " required;, sasl.client.callback.handler.class: " + handler);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SCRAM-SHA-512 | " + PLAIN + " | " + SCRAM + ", or sasl.mechanism: PLAIN",
                "SCRAM-SHA-256 | " + IAM + " | " + SCRAM + ", or sasl.mechanism: AWS_MSK_IAM",
                "PLAIN | " + OAUTH + " | " + PLAIN + ", or sasl.mechanism: OAUTHBEARER",
                "OAUTHBEARER | " + PLAIN + " | " + OAUTH + ", or sasl.mechanism: PLAIN",
                "AWS_MSK_IAM" + HANDLER_OPTION + " | " + SCRAM + " | " + IAM
                        + ", or sasl.mechanism: PLAIN or SCRAM-SHA-256 or SCRAM-SHA-512",
                "GSSAPI | " + OAUTH + " | sasl.mechanism: OAUTHBEARER",
            })
    void aModuleOfAnotherMechanismIsRefused(String mechanism, String module, String remedy) {
        assertRefused(
                login(mechanism, module),
                "sasl.jaas.config: " + module + " does not log in by " + mechanism.replaceAll(",.*", "") + "; write "
                        + remedy);
    }

    @Test
    void aModuleThatNeedsAnotherMechanismThanTheDefaultIsRefused() {
        assertRefused(
                "security.protocol: SASL_SSL, sasl.jaas.config: '" + SCRAM + " required password=\"${env:P}\";'",
                "sasl.mechanism: is missing, and org.apache.kafka.common.security.scram.ScramLoginModule does not log in"
                        + " by GSSAPI, its default; write PLAIN or SCRAM-SHA-256 or SCRAM-SHA-512");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PLAIN | org.apache.kafka.common.security.plain.PlainLoginmodul | " + PLAIN,
                "SCRAM-SHA-512 | org.apache.kafka.comon.security.scram.SramLoginModule | " + SCRAM,
                "OAUTHBEARER | org.apache.kafka.common.security.oauthbearer.OauthBearerLoginModule | " + OAUTH,
                "AWS_MSK_IAM" + HANDLER_OPTION + " | software.amazon.msk.auth.iam.IamLoginModule | " + IAM,
            })
    void aModuleThatIsNearTheRightOneIsRefused(String mechanism, String module, String meant) {
        assertRefused(
                login(mechanism, module),
                "sasl.jaas.config: names an unknown login module; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PLAIN | " + PLAIN,
                "PLAIN | " + SCRAM,
                "PLAIN | com.example.PlainLoginModule",
                "SCRAM-SHA-512 | " + SCRAM,
                "OAUTHBEARER | " + OAUTH,
                "OAUTHBEARER | com.example.Login$Module",
                "AWS_MSK_IAM" + HANDLER_OPTION + " | " + IAM,
                "GSSAPI | com.sun.security.auth.module.Krb5LoginModule",
                "GSSAPI | com.ibm.security.auth.module.Krb5LoginModule",
                "VENDOR | " + PLAIN,
            })
    void aModuleThatFitsOrIsOnesOwnIsTaken(String mechanism, String module) {
        assertTaken(login(mechanism, module));
    }

    @Test
    void allThatDoesNotGoTogetherIsReportedAtOnce() {
        assertThatThrownBy(() -> parse("sasl.mechanism: AWS_MSK_IAM, sasl.jaas.config: " + SCRAM + " required;"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The data-centers file dc.yaml has 3 problems:\n")
                .hasMessageContaining("data_centers[0].kafka.security.protocol: is missing")
                .hasMessageContaining("data_centers[0].kafka.sasl.client.callback.handler.class: is missing")
                .hasMessageContaining("data_centers[0].kafka.sasl.jaas.config: org.apache.kafka.common.security.scram");
    }

    @Test
    void anOptionThatIsWrongByItselfIsNotReportedAsMissingToo() {
        assertRefused(
                "security.protocl: SASL_SSL, sasl.mechanism: PLAIN, " + LINE,
                "security.protocl: is not an option of a Kafka consumer; did you mean security.protocol?");
    }

    @Test
    void aDataCenterBuiltInCodeObeysTheSameRules() {
        assertThatThrownBy(() -> DataCenterFixtures.with(Map.of("sasl.mechanism", "PLAIN")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("security.protocol: is missing, and PLAINTEXT, its default, does not log in, so that Kafka"
                        + " would pass over sasl.mechanism; write security.protocol: SASL_SSL, or remove them");
    }

    private static String login(String mechanism, String module) {
        return "security.protocol: SASL_SSL, sasl.mechanism: " + mechanism + ", sasl.jaas.config: " + module
                + " required;";
    }

    private static void assertTaken(String options) {
        assertThatCode(() -> parse(options)).doesNotThrowAnyException();
    }

    private static void assertRefused(String options, String problem) {
        assertThatThrownBy(() -> parse(options))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The data-centers file dc.yaml has 1 problem:\n  data_centers[0].kafka." + problem);
    }

    private static void parse(String options) {
        String yaml = "data_centers: [{name: fra1, bootstrap_servers: 'a:1', topics: [e], kafka: {" + options + "}}]";
        assertThat(DataCenters.parse(yaml, "dc.yaml").all()).hasSize(1);
    }
}
