package io.tributary.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.DataCenter;
import io.tributary.config.DataCenterAccess;
import io.tributary.config.DataCenters;
import io.tributary.config.KafkaTls;
import io.tributary.config.Secrets;
import io.tributary.config.StartingOffsets;
import io.tributary.runtime.RuntimeKind;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules for a data center's Kafka options and the Kafka client that the job reads with say the same. */
class KafkaClientOptionsTest {

    private static final Set<String> MANAGED = Set.of(
            "bootstrap.servers",
            "auto.offset.reset",
            "group.id",
            "enable.auto.commit",
            "key.deserializer",
            "value.deserializer",
            "interceptor.classes");

    private static final String CERTIFICATES = """
            data_centers:
              - name: fra1
                bootstrap_servers: "127.0.0.1:9093"
                topics: [events]
                kafka:
                  security.protocol: SSL
                  ssl.truststore.type: PEM
                  ssl.truststore.certificates: ${secret:ca}
                  ssl.keystore.type: PEM
                  ssl.keystore.certificate.chain: ${secret:certificate}
                  ssl.keystore.key: ${secret:key}
            """;

    @TempDir
    Path directory;

    static Stream<String> optionsOfTheClient() {
        return ConsumerConfig.configNames().stream();
    }

    @ParameterizedTest
    @MethodSource("optionsOfTheClient")
    void everyOptionOfTheClientIsKnown(String option) {
        boolean isSecret = ConsumerConfig.configDef().configKeys().get(option).type == ConfigDef.Type.PASSWORD;
        if (!MANAGED.contains(option)) {
            if (isSecret) {
                assertThatCode(() -> withOptions(Map.of(option, "${env:A}"))).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> withOptions(Map.of(option, "${env:A}")))
                        .hasMessageStartingWith("holds a reference, and what it yields would be shown");
            }
        }
        assertThatThrownBy(() -> withOptions(Map.of(option + "x", "a")))
                .hasMessageStartingWith("is not an option of a Kafka consumer; did you mean " + option + "?");
    }

    @ParameterizedTest
    @MethodSource("optionsOfTheClient")
    void noOptionLoadsAClassOfAnOperatorsOnGlue(String option) {
        String value = "com.example.Evil";
        boolean isClass = ConsumerConfig.configDef().configKeys().get(option).type == ConfigDef.Type.CLASS
                || option.matches(".*[.](classes|reporters|providers|assignment[.]strategy|cmd|class)");
        if (isClass && !MANAGED.contains(option)) {
            DataCenter center = withOptions(Map.of(option, value));
            assertThat(new DataCenterAccess(RuntimeKind.GLUE, Optional.empty(), KafkaTls.OPTIONAL).problems(center))
                    .as(option)
                    .containsKey("kafka." + option);
            assertThat(DataCenterAccess.LOCAL.problems(center)).isEmpty();
        }
    }

    @Test
    void theClientTakesCertificatesAndKeyAsTextOfSecrets() throws Exception {
        KeyStore store = newKeyStore();
        Certificate certificate = store.getCertificate("client");
        Key key = store.getKey("client", "changeit".toCharArray());
        Map<String, String> secrets = new HashMap<>(Map.of(
                "ca", pem("CERTIFICATE", certificate.getEncoded()),
                "certificate", pem("CERTIFICATE", certificate.getEncoded()),
                "key", pem("PRIVATE KEY", key.getEncoded())));

        assertThatCode(() -> openAndClose(secrets)).doesNotThrowAnyException();

        secrets.put("ca", "no certificate");
        assertThatThrownBy(() -> openAndClose(secrets))
                .isInstanceOf(KafkaException.class)
                .hasMessage("Failed to construct kafka consumer");
    }

    private static DataCenter withOptions(Map<String, String> options) {
        // Login options beside a protocol that does not log in are refused.
        Map<String, String> all = new HashMap<>(options);
        all.putIfAbsent("security.protocol", "SASL_SSL");
        all.putIfAbsent("sasl.jaas.config", "${env:A}");
        return new DataCenter(
                "fra1",
                "a:1",
                List.of("e"),
                new StartingOffsets.Earliest(),
                DataCenter.State.ACTIVE,
                List.of(),
                List.of(),
                all);
    }

    private static void openAndClose(Map<String, String> stored) {
        DataCenter center =
                DataCenters.parse(CERTIFICATES, "data-centers.yaml").all().get(0);
        Secrets secrets = Secrets.ofThisProcess(stored::get);
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, center.bootstrapServers());
        settings.putAll(secrets.options(center).forClient());
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()).close();
    }

    private KeyStore newKeyStore() throws Exception {
        Path file = directory.resolve("client.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "client",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=client",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(file)) {
            store.load(content, "changeit".toCharArray());
        }
        return store;
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + what + "-----\n";
    }
}
