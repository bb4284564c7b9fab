package io.tributary.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether the connections to Kafka must be encrypted, to brokers that prove their names. */
public enum KafkaTls {
    REQUIRED,
    OPTIONAL;

    private static final String PROTOCOL = "security.protocol";
    private static final String HOST_NAMES = "ssl.endpoint.identification.algorithm";

    /** @throws IllegalArgumentException for a text that is neither */
    public static KafkaTls parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("\"" + text + "\" is neither; write required or optional"));
    }

    /** By the option of a data center that breaks the rule, why. */
    Optional<Map.Entry<String, String>> problem(Map<String, String> options) {
        if (this == OPTIONAL) {
            return Optional.empty();
        }
        String protocol = options.getOrDefault(PROTOCOL, "PLAINTEXT").strip();
        if (!protocol.endsWith("SSL")) {
            return Optional.of(Map.entry(
                    PROTOCOL,
                    "is " + protocol + (options.containsKey(PROTOCOL) ? "" : ", since it is missing,")
                            + " and so records and logins would travel in clear; write SSL or SASL_SSL, or have the stage"
                            + " set kafka_tls: optional"));
        }
        if (!options.getOrDefault(HOST_NAMES, "https").strip().equalsIgnoreCase("https")) {
            return Optional.of(Map.entry(
                    HOST_NAMES,
                    "lets every broker with a certificate of the same authority take the place of another; remove it, or"
                            + " have the stage set kafka_tls: optional"));
        }
        return Optional.empty();
    }

    /** Why the address of a schema registry breaks the rule, by the key {@code url}. Logins go there too. */
    Optional<String> problem(RegistryConfig registry) {
        return this == REQUIRED && registry.url() != null && registry.url().startsWith("http:")
                ? Optional.of(
                        "begins with http, and so logins would travel in clear; write https, or have the stage set"
                                + " kafka_tls: optional")
                : Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
