package io.tributary.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.DataCenter;
import io.tributary.config.Secrets;
import io.tributary.config.StartingOffsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Kafka's own parser makes of a login line, once the secrets stand in it. */
class JaasConfigLoginTest {

    private static final String MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule";

    static Stream<String> passwords() {
        Stream<String> printable = IntStream.rangeClosed(' ', '~')
                .mapToObj(Character::toString)
                .flatMap(character -> Stream.of(
                        character,
                        "a" + character + "b",
                        character + character,
                        "end" + character,
                        "\\" + character + "\""));
        String all =
                IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).collect(Collectors.joining());
        return Stream.concat(
                printable,
                Stream.of(
                        all,
                        "two\nlines\r\nand\tmore",
                        "\u0000\u0007\b\f\u001b",
                        "${env:HOME}",
                        "$1 \\1 \\101",
                        "\" serviceName=\"x",
                        "\"; evil.LoginModule required a=\"b",
                        "Grüße, мир, 日本, \uD83D\uDE00",
                        "\u2028\u0085\uFFFF"));
    }

    @ParameterizedTest
    @MethodSource("passwords")
    void aSecretIsTheValueOfItsOptionWhateverItHolds(String password) {
        assertThat(options("password=\"${secret:s}\"", password))
                .isEqualTo(Map.of("username", "me", "password", password));
        assertThat(options("password=${secret:s}", password)).isEqualTo(Map.of("username", "me", "password", password));
        assertThat(options("password=\"${secret:s}${secret:s}\" tokenauth=true", password))
                .isEqualTo(Map.of("username", "me", "password", password + password, "tokenauth", "true"));
    }

    @ParameterizedTest
    @MethodSource("passwords")
    void aLineThatIsASecretAsAWholeIsTakenAsItIs(String password) {
        String line = MODULE + " required username=\"me\" password=\""
                + password.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r") + "\";";

        assertThat(parsed("${secret:s}", line).getOptions()).isEqualTo(Map.of("username", "me", "password", password));
    }

    private static Map<String, ?> options(String written, String secret) {
        AppConfigurationEntry entry = parsed(MODULE + " required username=\"me\" " + written + ";", secret);
        assertThat(entry.getLoginModuleName()).isEqualTo(MODULE);
        return entry.getOptions();
    }

    private static AppConfigurationEntry parsed(String line, String secret) {
        DataCenter center = new DataCenter(
                "fra1",
                "127.0.0.1:9092",
                List.of("events"),
                new StartingOffsets.Earliest(),
                DataCenter.State.ACTIVE,
                List.of(),
                List.of(),
                Map.of(
                        "security.protocol", "SASL_SSL",
                        "sasl.mechanism", "SCRAM-SHA-512",
                        "sasl.jaas.config", line));
        String resolved = Secrets.ofThisProcess(name -> secret)
                .options(center)
                .forClient()
                .get("sasl.jaas.config");
        return JaasContext.loadClientContext(Map.of("sasl.jaas.config", new Password(resolved)))
                .configurationEntries()
                .get(0);
    }
}
