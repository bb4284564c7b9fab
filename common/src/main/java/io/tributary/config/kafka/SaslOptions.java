package io.tributary.config.kafka;

import io.tributary.cli.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rules for the login options of a data center. Without these checks a mistake would show only as a data center
 * that does not answer.
 */
final class SaslOptions {

    private static final String PROTOCOL = "security.protocol";
    private static final String MECHANISM = "sasl.mechanism";
    private static final String LINE = "sasl.jaas.config";
    private static final String HANDLER = "sasl.client.callback.handler.class";

    private static final List<String> PROTOCOLS = List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
    private static final String DEFAULT_PROTOCOL = "PLAINTEXT";

    private final Map<String, String> options;
    private final Map<String, String> problems = new LinkedHashMap<>();

    private SaslOptions(Map<String, String> options) {
        this.options = options;
    }

    /** Rejects an unknown protocol or a misspelled mechanism, whatever the other options are. */
    static void require(String key, String value) {
        // Kafka's clients 3.4 accept only capitals; later ones accept any letters.
        if (key.equals(PROTOCOL) && !PROTOCOLS.contains(value.strip())) {
            throw new IllegalArgumentException(
                    "is not a Kafka security protocol; write PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL, in capitals");
        }
        if (key.equals(MECHANISM)) {
            SaslMechanism.meantBy(value.strip()).ifPresent(meant -> {
                throw new IllegalArgumentException("is not a login mechanism; did you mean " + meant + "?");
            });
        }
    }

    /** The options of a data center that contradict each other, each with the problem. */
    static Map<String, String> problems(Map<String, String> options) {
        SaslOptions login = new SaslOptions(options);
        login.requireProtocol();
        login.requireLine();
        login.requireHandler();
        login.requireModule();
        return login.problems;
    }

    private void requireProtocol() {
        String passedOver = options.keySet().stream()
                .filter(key -> key.startsWith("sasl."))
                .sorted()
                .collect(Collectors.joining(", "));
        protocol()
                .filter(protocol -> !logsIn(protocol) && !passedOver.isEmpty())
                .ifPresent(protocol -> problems.put(
                        PROTOCOL,
                        (options.containsKey(PROTOCOL) ? protocol : "is missing, and " + protocol + ", its default,")
                                + " does not log in, so that Kafka would pass over " + passedOver
                                + "; write security.protocol: SASL_SSL, or remove them"));
    }

    private void requireLine() {
        if (options.containsKey(LINE)) {
            return;
        }
        protocol().filter(SaslOptions::logsIn).ifPresent(protocol -> {
            String missing = "is missing, and " + protocol + " does not log in without it; write ";
            if (!options.containsKey(MECHANISM)) {
                problems.put(LINE, missing + "the login line or a reference to it, and sasl.mechanism");
            }
            // Other mechanisms, such as Kerberos, may use a login that the JVM was started with.
            mechanism(options.get(MECHANISM))
                    .filter(mechanism -> !mechanism.modules().isEmpty())
                    .ifPresent(mechanism -> problems.put(
                            LINE,
                            missing + "the login line, which begins with "
                                    + mechanism.modules().get(0) + " required, or a reference to it"));
        });
    }

    /** The mechanism of AWS is not part of Kafka, so Kafka needs classes of AWS for it. */
    private void requireHandler() {
        if (mechanism(options.get(MECHANISM))
                .filter(SaslMechanism.AWS_MSK_IAM::equals)
                .isEmpty()) {
            return;
        }
        String handler = options.getOrDefault(HANDLER, "").strip();
        boolean isMistaken = !handler.equals(AllowedClasses.MSK_HANDLER)
                && Suggestions.within(
                                SaslMechanism.MAX_CLASS_EDIT_DISTANCE, handler, List.of(AllowedClasses.MSK_HANDLER))
                        .isPresent();
        if (handler.isEmpty() || isMistaken) {
            // The remedy contains the login line as well.
            problems.remove(LINE);
            problems.put(
                    HANDLER,
                    (handler.isEmpty() ? "is missing, and " : "names no class that there is, and ")
                            + SaslMechanism.AWS_MSK_IAM + " does not log in without it; write sasl.jaas.config: "
                            + SaslMechanism.AWS_MSK_IAM.modules().get(0)
                            + " required; and sasl.client.callback.handler.class: " + AllowedClasses.MSK_HANDLER);
        }
    }

    private void requireModule() {
        Optional<SaslMechanism> mechanism =
                mechanism(options.getOrDefault(MECHANISM, SaslMechanism.DEFAULT.toString()));
        Optional<String> given = Optional.ofNullable(options.get(LINE)).flatMap(JaasConfig::module);
        Optional<String> known = given.flatMap(SaslMechanism::knownModule);
        if (mechanism.isEmpty() || known.isEmpty()) {
            return;
        }
        if (!mechanism.get().modules().contains(known.get())) {
            refuse(known.get(), mechanism.get());
        } else if (!known.equals(given)) {
            problems.put(LINE, "names an unknown login module; did you mean " + known.get() + "?");
        }
    }

    private void refuse(String module, SaslMechanism mechanism) {
        String doesNotFit = module + " does not log in by " + mechanism;
        String others = SaslMechanism.withModule(module).stream()
                .map(SaslMechanism::toString)
                .collect(Collectors.joining(" or "));
        if (!options.containsKey(MECHANISM)) {
            problems.put(MECHANISM, "is missing, and " + doesNotFit + ", its default; write " + others);
        } else {
            problems.put(
                    LINE,
                    doesNotFit + "; write "
                            + (mechanism.modules().isEmpty()
                                    ? ""
                                    : mechanism.modules().get(0) + ", or ")
                            + "sasl.mechanism: " + others);
        }
    }

    private static Optional<SaslMechanism> mechanism(String written) {
        return Optional.ofNullable(written).map(String::strip).flatMap(SaslMechanism::of);
    }

    /** Empty if it holds a reference. */
    private Optional<String> protocol() {
        return Optional.of(options.getOrDefault(PROTOCOL, DEFAULT_PROTOCOL).strip())
                .filter(value -> !SecretReferences.holdsAny(value));
    }

    private static boolean logsIn(String protocol) {
        return protocol.startsWith("SASL_");
    }
}
