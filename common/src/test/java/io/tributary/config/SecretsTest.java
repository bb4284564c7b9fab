package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.kafka.ResolvedOptions;
import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("USER_NAME", "me", "PASSWORD", "a$1\\${env:USER_NAME}", "EMPTY", "");
    private static final Map<Path, String> FILES = Map.of(Path.of("/run/secrets/p w"), "from file\r\n");

    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:kafka/fra1-AbCdEf";
    private static final Map<String, String> STORED =
            Map.of("plain", "whole", ARN, "{\"user\":\"me\",\"port\":9096,\"nested\":{\"a\":1}}");

    private static final DataCenter ANY = DataCenterFixtures.with(Map.of());

    private final Secrets secrets = new Secrets(
            name -> Optional.ofNullable(ENVIRONMENT.get(name)),
            path -> {
                if (!FILES.containsKey(path)) {
                    throw new NoSuchFileException(path.toString());
                }
                return FILES.get(path);
            },
            secret -> {
                if (!STORED.containsKey(secret)) {
                    throw new Secrets.StoreException("there is no such secret", "make it", null);
                }
                return STORED.get(secret);
            });

    @Test
    void referencesAreReplacedWhereverTheyStand() {
        assertThat(secrets.resolve(ANY, "u=${env:USER_NAME} p=${file:/run/secrets/p w};"))
                .isEqualTo("u=me p=from file;");
    }

    @Test
    void aStoredSecretIsTakenAsAWholeOrByAKeyOfIt() {
        assertThat(secrets.resolve(ANY, "${secret:plain}")).isEqualTo("whole");
        assertThat(secrets.resolve(ANY, "${secret:" + ARN + "#user}:${secret:" + ARN + "#port}"))
                .isEqualTo("me:9096");
    }

    @Test
    void aStoredSecretThatCannotBeHadSaysWhyAndShowsNothingOfIt() {
        assertThatThrownBy(() -> secrets.resolve(ANY, "${secret:missing#user}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The reference ${secret:missing#user} cannot be resolved, because there is no such secret;"
                        + " make it.");
        assertThatThrownBy(() -> secrets.resolve(ANY, "${secret:plain#user}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The reference ${secret:plain#user} cannot be resolved, because the secret is not a JSON"
                        + " object; make it one with the key user, or leave out #user.");
        assertThatThrownBy(() -> secrets.resolve(ANY, "${secret:" + ARN + "#nested}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("because the secret has no such key; add the key, or name one that it has.");
    }

    @Test
    void whatAValueRefersToIsToldWithoutResolvingIt() {
        String value =
                "u=${env:USER_NAME} p=${file:/run/secrets/p w} ${secret:missing#user}${secret:" + ARN + "} $secret";

        assertThat(Secrets.referencesToStore(value)).containsExactly("missing", ARN);
        assertThat(Secrets.referencesToMachine(value)).containsExactly("${env:USER_NAME}", "${file:/run/secrets/p w}");
    }

    @Test
    void aSecretIsTakenAsItIs() {
        assertThat(secrets.resolve(ANY, "${env:PASSWORD}")).isEqualTo("a$1\\${env:USER_NAME}");
    }

    @Test
    void aValueWithoutReferencesStaysAsItIs() {
        assertThat(secrets.resolve(ANY, "SASL_SSL")).isEqualTo("SASL_SSL");
    }

    @Test
    void whatCannotBeResolvedSaysWhyAndWhatToDo() {
        assertThatThrownBy(() -> secrets.resolve(ANY, "${env:MISSING}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The reference ${env:MISSING} cannot be resolved, because the environment variable is not"
                        + " set; set it for the process that runs the job.");
        assertThatThrownBy(() -> secrets.resolve(ANY, "${file:/missing}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The reference ${file:/missing} cannot be resolved, because the file cannot be read"
                        + " (NoSuchFileException); put the secret there and let the job's user read it.");
        assertThatThrownBy(() -> secrets.resolve(ANY, "${env:EMPTY}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The reference ${env:EMPTY} cannot be resolved, because what it refers to is empty;"
                        + " put the secret there.");
    }

    @Test
    void theOptionsOfADataCenterAreResolvedWithoutAnyTextThatHoldsThem() {
        ResolvedOptions options = secrets.options(DataCenterFixtures.with(Map.of(
                "security.protocol",
                "SSL",
                "ssl.key.password",
                "${secret:plain}",
                "ssl.keystore.key",
                "${env:PASSWORD}")));

        assertThat(options.forClient())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("ssl.key.password", "whole")
                .containsEntry("ssl.keystore.key", "a$1\\${env:USER_NAME}");
        assertThat(options).hasToString("ResolvedOptions[a, [security.protocol, ssl.key.password, ssl.keystore.key]]");
    }

    @Test
    void aRenewedSecretMakesOtherOptions() {
        AtomicReference<String> stored = new AtomicReference<>("old");
        Secrets changing = new Secrets(name -> Optional.empty(), path -> "", secret -> stored.get());
        DataCenter center = DataCenterFixtures.with(Map.of("ssl.key.password", "${secret:plain}"));
        ResolvedOptions before = changing.options(center);

        assertThat(changing.options(center)).isEqualTo(before).hasSameHashCodeAs(before);
        stored.set("new");
        assertThat(changing.options(center)).isNotEqualTo(before);
    }

    @Test
    void aSecretThatNamesItsBrokersGoesToNoOthers() {
        AtomicReference<String> stored = new AtomicReference<>();
        Secrets bound = new Secrets(name -> Optional.empty(), path -> "", secret -> stored.get());

        for (String brokers : List.of("b:1", "c:2, b:1")) {
            stored.set("{\"password\":\"hunter2\",\"bootstrap_servers\":\"" + brokers + "\"}");
            assertThat(bound.resolve(ANY, "${secret:s#password}")).isEqualTo("hunter2");
        }
        for (String brokers : List.of("", "b:2", "exfil:443", "bb:1")) {
            stored.set("{\"password\":\"hunter2\",\"bootstrap_servers\":\"" + brokers + "\"}");
            for (String reference : List.of("${secret:s#password}", "${secret:s}")) {
                assertThatThrownBy(() -> bound.resolve(ANY, reference))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessage(
                                "The reference " + reference + " cannot be resolved, because it is for other brokers,"
                                        + " which its key bootstrap_servers names; correct bootstrap_servers of data center a, or"
                                        + " that of the secret.");
            }
        }
    }

    @Test
    void aFileThatHoldsNoSecretIsRefusedByWords(@TempDir Path dir) throws IOException {
        Secrets ofThisProcess = Secrets.ofThisProcess(secret -> "");
        Path large = Files.write(dir.resolve("large"), new byte[SecretFile.MAX_BYTES + 1]);
        Path whole = Files.write(dir.resolve("whole"), "p\u00e4ss\r\n\n".getBytes(StandardCharsets.UTF_8));

        assertThat(ofThisProcess.resolve(ANY, "${file:" + whole + "}")).isEqualTo("p\u00e4ss");
        assertThatThrownBy(() -> ofThisProcess.resolve(ANY, "${file:" + large + "}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The reference ${file:" + large + "} cannot be resolved, because the file has more than"
                        + " 1048576 bytes, which no secret needs; name the file that holds the secret and nothing"
                        + " else.");
        for (String path : List.of("/dev/zero", dir.toString())) {
            assertThatThrownBy(() -> ofThisProcess.resolve(ANY, "${file:" + path + "}"))
                    .hasMessageContaining("cannot be resolved, because it names no ordinary file; name the file that");
        }
        assertThatThrownBy(() -> ofThisProcess.resolve(ANY, "${file:" + dir.resolve("absent") + "}"))
                .hasMessageContaining("the file cannot be read (NoSuchFileException)");
    }

    @Test
    void aSecretGoesToTheRegistryOrTheBrokersThatItNames() {
        assertThat(registryPassword("{\"password\":\"p\"}")).isEqualTo("p");
        assertThat(registryPassword("{\"password\":\"p\",\"registry_url\":\"https://r:1/api/\"}"))
                .isEqualTo("p");
        assertThat(registryPassword(
                        "{\"password\":\"p\",\"registry_url\":\"https://r:1/api\",\"bootstrap_servers\":\"b:1\"}"))
                .isEqualTo("p");
        assertThatThrownBy(() -> registryPassword("{\"password\":\"hunter2\",\"registry_url\":\"https://other\"}"))
                .hasMessageContaining("which its key registry_url names")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> registryPassword("{\"password\":\"hunter2\",\"bootstrap_servers\":\"b:1\"}"))
                .hasMessageContaining("which its key bootstrap_servers names");
        DataCenter brokers = DataCenterFixtures.with(Map.of("ssl.key.password", "${secret:s#password}"));
        Secrets secrets = ofStore("{\"password\":\"hunter2\",\"registry_url\":\"https://r:1/api\"}");
        assertThatThrownBy(() -> secrets.options(brokers)).hasMessageContaining("it is for a schema registry");
    }

    private static String registryPassword(String stored) {
        DataCenter center = DataCenters.parse(
                        "data_centers: [{name: a, bootstrap_servers: 'b:1', topics: [t], registry: {type: confluent,"
                                + " url: 'https://r:1/api', username: u, password: '${secret:s#password}'}}]",
                        "test")
                .all()
                .get(0);
        return ofStore(stored).registryLogin(center, center.registry()).get("password");
    }

    private static Secrets ofStore(String stored) {
        return new Secrets(name -> Optional.empty(), path -> "", name -> stored);
    }
}
