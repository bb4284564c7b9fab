package io.tributary.config.kafka;

import io.tributary.config.yaml.Quoted;
import io.tributary.config.yaml.Section;
import io.tributary.config.yaml.YamlValues;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The rules for a data center's Kafka consumer options: which of them Tributary sets itself, that names are spelled
 * correctly, and that the file holds no secret.
 */
public final class KafkaOptions {

    private static final String PREFIX = "kafka.";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private static final String OFFSETS_ARE_MANAGED = "Tributary keeps the offsets itself; remove it";
    private static final String FORMAT_IS_MANAGED = "Tributary reads records as bytes; remove it";

    private static final Map<String, String> MANAGED_OPTIONS = Map.of(
            "bootstrap.servers", "write it as bootstrap_servers of the data center",
            "auto.offset.reset", "write it as start of the data center",
            "group.id", OFFSETS_ARE_MANAGED,
            "enable.auto.commit", OFFSETS_ARE_MANAGED,
            "key.deserializer", FORMAT_IS_MANAGED,
            "value.deserializer", FORMAT_IS_MANAGED,
            "interceptor.classes", "an interceptor could change or drop records unseen; remove it");

    private static final Pattern SENSITIVE_KEY = Pattern.compile("password|passwd|passphrase|secret|private[._-]?key"
            + "|(?:access|api)[._-]?key|(?:^|[._-])(?:key|token|credentials|user[._-]?info)$");
    private static final Pattern PUBLIC_KEY =
            Pattern.compile(".*[._-](?:file|location|path|type|id|url|alias|algorithm|class|ms)");
    /** No part of it can match one text in two ways, so a long value takes no longer than its length. */
    private static final Pattern SENSITIVE_VALUE = Pattern.compile(
            "(?i)PRIVATE KEY-----|(?:password|secret)[\"']?+\\s*+[=:]|://[^/@\\s][^/@\\s:]*+:[^/@\\s]++@");

    private KafkaOptions() {}

    /**
     * The options of a section, without the prefix {@code kafka.}; numbers and booleans as written; empty if there is a
     * problem. Combinations of options are checked only if each option is valid, so that one mistake is not reported
     * twice.
     */
    public static Map<String, String> read(Section section) {
        Map<String, String> options = new LinkedHashMap<>();
        section.anyKeys().forEach((written, node) -> {
            String key = written.startsWith(PREFIX) ? written.substring(PREFIX.length()) : written;
            try {
                String value = value(node);
                require(key, value);
                if (options.putIfAbsent(key, value) != null) {
                    throw new IllegalArgumentException(
                            "is given twice, with and without the prefix kafka.; remove one of the two");
                }
            } catch (IllegalArgumentException e) {
                section.problem(written, e.getMessage());
            }
        });
        boolean isEachInOrder = options.size() == section.anyKeys().size();
        Map<String, String> problems = isEachInOrder ? SaslOptions.problems(options) : Map.of();
        problems.forEach(section::problem);
        return isEachInOrder && problems.isEmpty() ? options : Map.of();
    }

    /** Throws the first problem that {@link #read} would report. */
    public static void requireAll(Map<String, String> options) {
        options.forEach(KafkaOptions::require);
        SaslOptions.problems(options).forEach((key, sentence) -> {
            throw new IllegalArgumentException(key + ": " + sentence);
        });
    }

    /**
     * Rejects options that Tributary sets itself, misspelled options, and secrets. No message shows a value, since any
     * value may be a secret.
     */
    static void require(String key, String value) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    Quoted.of(key) + " is not the name of a Kafka option; write for example security.protocol");
        }
        if (MANAGED_OPTIONS.containsKey(key)) {
            throw new IllegalArgumentException("is not yours to set: " + MANAGED_OPTIONS.get(key));
        }
        KafkaOptionNames.meantBy(key).ifPresent(meant -> {
            throw new IllegalArgumentException("is not an option of a Kafka consumer; did you mean " + meant + "?"
                    + (MANAGED_OPTIONS.containsKey(meant)
                            ? " That is not yours to set: " + MANAGED_OPTIONS.get(meant)
                            : ""));
        });
        SecretReferences.requireWellFormed(value);
        if (SecretReferences.holdsAny(value) && !KafkaOptionNames.isSecret(key)) {
            throw new IllegalArgumentException(
                    "holds a reference, and what it yields would be shown and sent in clear; write the value itself, or"
                            + " remove it. References stand in " + KafkaOptionNames.secrets() + " alone");
        }
        if (isSecretInClear(key.toLowerCase(Locale.ROOT), value)) {
            throw new IllegalArgumentException("holds a secret in clear (not shown here); "
                    + (KafkaOptionNames.isSecret(key)
                            ? "write a reference in its place: " + SecretReferences.FORMS
                            : "Kafka does not keep it secret here: remove it"));
        }
        SaslOptions.require(key, value);
    }

    private static boolean isSecretInClear(String key, String value) {
        if (JaasConfig.isNameOfOption(key)) {
            return JaasConfig.holdsSecret(value);
        }
        boolean isSensitive =
                SENSITIVE_KEY.matcher(key).find() && !PUBLIC_KEY.matcher(key).matches();
        return isSensitive
                ? !SecretReferences.isOnlyReferences(value)
                : SENSITIVE_VALUE.matcher(SecretReferences.rest(value)).find();
    }

    private static String value(Node node) {
        if (!YamlValues.isScalar(node)) {
            throw new IllegalArgumentException(
                    YamlValues.described(node) + " stands where a single value is needed; write \"\" for an empty one");
        }
        return YamlValues.written(node);
    }
}
