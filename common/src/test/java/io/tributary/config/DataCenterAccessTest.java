package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import io.tributary.runtime.RuntimeKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataCenterAccessTest {

    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:a-AbCdEf";
    private static final DataCenterAccess GLUE = new DataCenterAccess(
            RuntimeKind.GLUE, Optional.of(new SecretGrants(Map.of("a", List.of(ARN)))), KafkaTls.OPTIONAL);
    private static final String LOGIN = "security.protocol: SASL_SSL, sasl.mechanism: ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ssl.key.password: '${env:P}' | ssl.key.password: ${env:P} refers to what a worker of Glue does not have",
                "ssl.key.password: '${file:/p}' | ssl.key.password: ${file:/p} refers to what a worker",
                "ssl.key.password: '${secret:b}' | ssl.key.password: data center a may not use the secret b; grant it to a",
                "ssl.truststore.location: /etc/ca.jks | ssl.truststore.location: names a file, and a worker of Glue has",
                "metric.reporters: com.example.R | metric.reporters: names what would run in the job's name",
                "security.providers: com.example.P | security.providers: names what would run in the job's name",
                "ssl.engine.factory.class: com.example.F | ssl.engine.factory.class: names what would run",
                "config.providers: file | config.providers: is not an option of a Kafka consumer, and Glue loads no class",
                "schema.registry.url: https://a | schema.registry.url: is not an option of a Kafka consumer, and Glue",
                LOGIN + "PLAIN, sasl.jaas.config: com.sun.security.auth.module.LdapLoginModule required;"
                        + " | sasl.jaas.config: com.sun.security.auth.module.LdapLoginModule is not a login module of Kafka",
                LOGIN + "OAUTHBEARER, sasl.login.callback.handler.class: a.B, sasl.jaas.config: '${secret:a}'"
                        + " | sasl.login.callback.handler.class: names a class that Glue does not load; write org.apache",
                LOGIN + "VENDOR, sasl.client.callback.handler.class: a.B, sasl.jaas.config: '${secret:a}'"
                        + " | sasl.client.callback.handler.class: names a class that Glue does not load; write software",
                LOGIN + "OAUTHBEARER, sasl.oauthbearer.token.endpoint.url: file:///etc/passwd, sasl.jaas.config:"
                        + " '${secret:a}' | sasl.oauthbearer.token.endpoint.url: is not an address that begins with https://",
                LOGIN + "GSSAPI, sasl.jaas.config: com.sun.security.auth.module.Krb5LoginModule required keyTab=/k;"
                        + " | sasl.jaas.config: names a key table, a file that a worker of Glue does not have",
            })
    void onGlueADataCenterGetsNoMoreThanTheStageGrants(String options, String problem) {
        String yaml = "data_centers: [{name: a, bootstrap_servers: 'a:1', topics: [e], kafka: {" + options + "}}]";

        assertThatThrownBy(() -> DataCenters.parse(yaml, "dc.yaml", GLUE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "The data-centers file dc.yaml has 1 problem:\n  data_centers[0].kafka." + problem);
        assertThat(DataCenters.parse(yaml, "dc.yaml").all())
                .as("a local job is its user's own")
                .hasSize(1);
        assertThat(DataCenters.parse(yaml.replace("name: a", "name: a, state: paused"), "dc.yaml", GLUE)
                        .all())
                .as("one that is paused asks for nothing")
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "client.id: a | security.protocol: is PLAINTEXT, since it is missing, and so records and logins would travel",
                "security.protocol: PLAINTEXT | security.protocol: is PLAINTEXT and so records",
                "security.protocol: SASL_PLAINTEXT, sasl.mechanism: PLAIN, sasl.jaas.config: '${secret:a}'"
                        + " | security.protocol: is SASL_PLAINTEXT and so records",
                "security.protocol: SSL, ssl.endpoint.identification.algorithm: ''"
                        + " | ssl.endpoint.identification.algorithm: lets every broker",
                "security.protocol: SSL |",
                "security.protocol: SSL, ssl.endpoint.identification.algorithm: HTTPS |",
                "security.protocol: SASL_SSL, sasl.mechanism: PLAIN, sasl.jaas.config: '${secret:a}' |",
            })
    void whereTlsIsRequiredNoBrokerIsReadWithoutOrUnderAnotherName(String options, String problem) {
        DataCenterAccess required = new DataCenterAccess(GLUE.runtime(), GLUE.grants(), KafkaTls.REQUIRED);
        String yaml = "data_centers: [{name: a, bootstrap_servers: 'a:1', topics: [e], kafka: {" + options + "}}]";

        assertThat(DataCenters.parse(yaml, "dc.yaml", GLUE).all()).hasSize(1);
        if (problem == null) {
            assertThat(DataCenters.parse(yaml, "dc.yaml", required).all()).hasSize(1);
        } else {
            assertThatThrownBy(() -> DataCenters.parse(yaml, "dc.yaml", required))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(
                            "The data-centers file dc.yaml has 1 problem:\n  data_centers[0].kafka." + problem);
        }
    }

    @Test
    void whetherTlsIsRequiredIsWrittenInOneOfTwoWords() {
        assertThat(KafkaTls.parse("required")).isEqualTo(KafkaTls.REQUIRED);
        assertThatThrownBy(() -> KafkaTls.parse("yes")).hasMessage("\"yes\" is neither; write required or optional");
    }

    @Test
    void whatIsGrantedIsTakenAndAskedForByItsArn() {
        DataCenter center = DataCenterFixtures.with(Map.of("ssl.key.password", "${secret:a}"));
        Secrets secrets = new Secrets(name -> Optional.of("x"), path -> "x", asked -> "value of " + asked).within(GLUE);

        assertThat(GLUE.problems(center)).isEmpty();
        assertThat(secrets.options(center).forClient()).containsEntry("ssl.key.password", "value of " + ARN);
    }

    @Test
    void onGlueTheMachineIsClosedEvenIfAFileCameThrough() {
        Secrets secrets = new Secrets(name -> Optional.of("x"), path -> "x", asked -> "x").within(GLUE);

        for (String reference : List.of("${env:HOME}", "${file:/proc/self/environ}", "${secret:b}")) {
            assertThatThrownBy(() -> secrets.options(DataCenterFixtures.with(Map.of("ssl.key.password", reference))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("The reference " + reference + " cannot be resolved, because");
        }
    }

    @Test
    void onGlueASecretThatIsALoginLineLoadsNoOtherClassEither() {
        Map<String, String> options =
                Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN", "sasl.jaas.config", "${secret:a}");
        Secrets evil =
                new Secrets(name -> Optional.empty(), path -> "", asked -> " com.example.Evil required p=\"hunter2\";");
        Secrets good = new Secrets(
                name -> Optional.empty(),
                path -> "",
                asked ->
                        "org.apache.kafka.common.security.plain.PlainLoginModule\n required username=\"u\" password=\"p\";");

        assertThatThrownBy(() -> evil.within(GLUE).options(DataCenterFixtures.with(options)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("begins with no login module of Kafka or AWS")
                .hasMessageNotContaining("hunter2");
        assertThat(good.within(GLUE).options(DataCenterFixtures.with(options)).forClient())
                .hasSize(3);
        assertThat(evil.options(DataCenterFixtures.with(options)).forClient()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.B required password=\"hun\"ter2\";",
                "a.B required password=\"hunter2\\\";",
                "a.B required password=\"hunter2\"",
                "a.B password=\"hunter2\";",
                "hunter2",
                "a.B required password=\"hun\nter2\";"
            })
    void aSecretThatIsNoLoginLineIsRefusedBeforeKafkaShowsPiecesOfIt(String line) {
        Map<String, String> options =
                Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN", "sasl.jaas.config", "${secret:a}");
        Secrets secrets = new Secrets(name -> Optional.empty(), path -> "", asked -> line);

        assertThatThrownBy(() -> secrets.options(DataCenterFixtures.with(options)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("that sasl.jaas.config refers to cannot be read")
                .hasMessageNotContaining("hun")
                .hasMessageNotContaining("ter2");
    }

    @Test
    void aLineMayBeQuotedInEitherWay() {
        Map<String, String> options =
                Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN", "sasl.jaas.config", "${secret:a}");
        String line = "a.B Required\n  user='it is \"me\"'\n  password=\"p\\\"w\" debug=true;\n";
        Secrets secrets = new Secrets(name -> Optional.empty(), path -> "", asked -> line);

        assertThat(secrets.options(DataCenterFixtures.with(options)).forClient())
                .containsEntry("sasl.jaas.config", line);
    }

    @Test
    void onGlueWithoutGrantsNoSecretIsUsed() {
        DataCenterAccess none = new DataCenterAccess(RuntimeKind.GLUE, Optional.empty(), KafkaTls.OPTIONAL);

        assertThat(none.problems(DataCenterFixtures.with(Map.of("ssl.key.password", "${secret:a}"))))
                .containsOnlyKeys("kafka.ssl.key.password");
    }
}
