package io.tributary.config;

import io.tributary.config.kafka.AllowedClasses;
import io.tributary.config.kafka.JaasConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.runtime.RuntimeKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a data center may use of the place where the job runs: secrets, files, environment variables, and classes. On
 * Glue that is what the stage grants, so that whoever may write the data-centers file gets no more. A local job may use
 * everything that its user may.
 *
 * @param grants the secrets of each data center; absent, only on a local run: any
 * @param tls whether the connections to Kafka must be encrypted
 */
public record DataCenterAccess(RuntimeKind runtime, Optional<SecretGrants> grants, KafkaTls tls) {

    /** The access of a job on its user's own machine. */
    public static final DataCenterAccess LOCAL =
            new DataCenterAccess(RuntimeKind.LOCAL, Optional.empty(), KafkaTls.OPTIONAL);

    private static final Pattern KEY_TABLE = Pattern.compile("(?i)\\bkeytab\\s*=");
    private static final String LOCATION = ".location";

    public DataCenterAccess {
        if (runtime == RuntimeKind.GLUE && grants.isEmpty()) {
            grants = Optional.of(SecretGrants.NONE);
        }
    }

    /** The keys of a data center's entry that ask for something it may not use, each with the reason. */
    public Map<String, String> problems(DataCenter center) {
        Map<String, String> problems = new LinkedHashMap<>();
        center.kafka().forEach((key, value) -> problem(center.name(), key, value)
                .ifPresent(sentence -> problems.put("kafka." + key, sentence)));
        tls.problem(center.kafka())
                .ifPresent(problem -> problems.putIfAbsent("kafka." + problem.getKey(), problem.getValue()));
        Optional.ofNullable(center.registry())
                .flatMap(tls::problem)
                .ifPresent(sentence -> problems.put("registry.url", sentence));
        Optional.ofNullable(center.registry())
                .ifPresent(registry -> registry.login().forEach((key, value) -> ofMachine(value)
                        .filter(sentence -> isGlue())
                        .or(() -> ungranted(center.name(), value))
                        .ifPresent(sentence -> problems.put("registry." + key, sentence))));
        return problems;
    }

    private Optional<String> problem(String dataCenter, String key, String value) {
        return (isGlue() ? ofGlue(key, value) : Optional.<String>empty()).or(() -> ungranted(dataCenter, value));
    }

    private Optional<String> ungranted(String dataCenter, String value) {
        return Secrets.referencesToStore(value).stream()
                .filter(secret -> secretFor(dataCenter, secret).isEmpty())
                .map(secret -> "data center " + dataCenter + " may not use the secret " + secret + "; grant it to "
                        + dataCenter + " in secrets of the stage")
                .findFirst();
    }

    private static Optional<String> ofGlue(String key, String value) {
        if (key.startsWith("ssl.") && key.endsWith(LOCATION)) {
            String store = key.substring(0, key.length() - LOCATION.length());
            return Optional.of("names a file, and a worker of Glue has none of yours; write " + store
                    + ".type: PEM and the text itself as a reference to a secret, as docs/configuration.md shows");
        }
        if (KEY_TABLE.matcher(value).find()) {
            return Optional.of("names a key table, a file that a worker of Glue does not have; log in by SCRAM, by a"
                    + " certificate or by IAM");
        }
        return ofMachine(value).or(() -> AllowedClasses.problem(key, value));
    }

    private static Optional<String> ofMachine(String value) {
        return Secrets.referencesToMachine(value).stream()
                .map(reference -> reference + " refers to what a worker of Glue does not have; put the secret into AWS"
                        + " Secrets Manager and write ${secret:NAME#KEY}")
                .findFirst();
    }

    /** The secret that the store is asked for when an option refers to it; empty if the data center may not use it. */
    Optional<String> secretFor(String dataCenter, String secret) {
        return grants.isEmpty() ? Optional.of(secret) : grants.get().secretFor(dataCenter, secret);
    }

    /** Whether references to environment variables and files are allowed. */
    boolean isMachineOpen() {
        return !isGlue();
    }

    /**
     * Rejects a resolved login line that cannot be parsed or that would load a class other than the allowed ones.
     *
     * @throws InvalidInputException without any part of the line, which holds secrets
     */
    void requireLine(String dataCenter, String line) {
        if (!JaasConfig.isReadable(line)) {
            throw new InvalidInputException(
                    "The login line of data center " + dataCenter + " that sasl.jaas.config refers"
                            + " to cannot be read. Write MODULE required name=\"value\" …; with a \\ before each \" and \\ of a"
                            + " value, or let the secret hold the password alone and write the line into the file.");
        }
        if (isGlue() && !AllowedClasses.isLoginModule(JaasConfig.firstWord(line))) {
            throw new InvalidInputException(
                    "The login line of data center " + dataCenter + " that sasl.jaas.config refers"
                            + " to begins with no login module of Kafka or AWS, and Glue loads no other. Correct the secret.");
        }
    }

    private boolean isGlue() {
        return runtime == RuntimeKind.GLUE;
    }
}
