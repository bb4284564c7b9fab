package io.tributary.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tributary.config.kafka.JaasConfig;
import io.tributary.config.kafka.ResolvedOptions;
import io.tributary.config.kafka.SecretReferences;
import io.tributary.config.yaml.Quoted;
import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** Replaces references to secrets by the secrets, when a client needs them. */
public final class Secrets {

    /** Reads a file that holds one secret. */
    @FunctionalInterface
    public interface FileReader {
        String read(Path path) throws IOException;
    }

    /** Reads one secret from a store, such as AWS Secrets Manager, by its name or ARN. */
    @FunctionalInterface
    public interface Store {
        String read(String secret) throws StoreException;
    }

    /** A store did not return a secret. */
    public static final class StoreException extends Exception {

        private final String remedy;

        /**
         * @param why completes "cannot be resolved, because"
         * @param remedy what to do about it
         */
        public StoreException(String why, String remedy, Throwable cause) {
            super(why, cause);
            this.remedy = remedy;
        }

        String remedy() {
            return remedy;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Function<String, Optional<String>> environment;
    private final FileReader files;
    private final Store store;
    private final DataCenterAccess access;

    /** Secrets from these sources, without limits for single data centers. */
    public Secrets(Function<String, Optional<String>> environment, FileReader files, Store store) {
        this(environment, files, store, DataCenterAccess.LOCAL);
    }

    private Secrets(
            Function<String, Optional<String>> environment, FileReader files, Store store, DataCenterAccess access) {
        this.environment = environment;
        this.files = files;
        this.store = store;
        this.access = access;
    }

    /** Secrets from this process's environment, this machine's files and a store. */
    public static Secrets ofThisProcess(Store store) {
        return new Secrets(name -> Optional.ofNullable(System.getenv(name)), SecretFile::read, store);
    }

    /** The names or ARNs of the store's secrets to which a value refers. */
    public static List<String> referencesToStore(String valueWithReferences) {
        return references(valueWithReferences)
                .map(reference -> reference.group(3))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The references of a value to the environment or to files, as written. */
    public static List<String> referencesToMachine(String valueWithReferences) {
        return references(valueWithReferences)
                .filter(reference -> reference.group(3) == null)
                .map(MatchResult::group)
                .toList();
    }

    private static Stream<MatchResult> references(String valueWithReferences) {
        return SecretReferences.REFERENCE.matcher(valueWithReferences).results();
    }

    /** The same secrets, limited to what each data center may use. */
    public Secrets within(DataCenterAccess bounds) {
        return new Secrets(environment, files, store, bounds);
    }

    /**
     * A data center's Kafka options with every reference replaced by its current value. A value is not searched for
     * further references. The store, not this class, limits how often it is called.
     *
     * @throws InvalidInputException if a reference has no value, or may not be used by the data center; the message
     *     names the reference, never a secret
     */
    public ResolvedOptions options(DataCenter center) {
        Map<String, String> resolved = new TreeMap<>();
        center.kafka().forEach((key, value) -> resolved.put(key, resolve(center, key, value)));
        return new ResolvedOptions(center.name(), resolved);
    }

    /**
     * The login of a data center's schema registry, likewise. A secret that is bound to brokers is not sent there, and
     * one that is bound to a registry to no other.
     */
    public Map<String, String> registryLogin(DataCenter center, RegistryConfig registry) {
        Map<String, String> resolved = new TreeMap<>();
        registry.login()
                .forEach((key, value) -> resolved.put(
                        key,
                        SecretReferences.REFERENCE
                                .matcher(value)
                                .replaceAll(reference -> Matcher.quoteReplacement(secret(
                                        center,
                                        reference,
                                        stored ->
                                                SecretBinding.requireRegistry(registry, reference.group(), stored))))));
        return resolved;
    }

    private String resolve(DataCenter center, String key, String value) {
        UnaryOperator<String> secrets = text -> resolve(center, text);
        if (!JaasConfig.isNameOfOption(key)) {
            return secrets.apply(value);
        }
        String line = JaasConfig.resolve(value, secrets);
        access.requireLine(center.name(), line);
        return line;
    }

    String resolve(DataCenter center, String value) {
        return SecretReferences.REFERENCE
                .matcher(value)
                .replaceAll(reference -> Matcher.quoteReplacement(secret(
                        center, reference, stored -> SecretBinding.requireBrokers(center, reference.group(), stored))));
    }

    /** Line breaks at the end of a file are not part of its secret. */
    private String secret(DataCenter center, MatchResult reference, Consumer<String> bound) {
        String secret = found(center, reference, bound);
        if (secret.isEmpty()) {
            throw unresolved(reference.group(), "what it refers to is empty", "put the secret there", null);
        }
        return secret;
    }

    private String found(DataCenter center, MatchResult reference, Consumer<String> bound) {
        if (reference.group(3) != null) {
            return stored(center, reference.group(), reference.group(3), reference.group(4), bound);
        }
        if (!access.isMachineOpen()) {
            throw unresolved(
                    reference.group(),
                    "neither files nor variables of the machine are secrets of a data center here",
                    "put the secret into AWS Secrets Manager and write ${secret:NAME#KEY}",
                    null);
        }
        if (reference.group(1) != null) {
            return environment
                    .apply(reference.group(1))
                    .orElseThrow(() -> unresolved(
                            reference.group(),
                            "the environment variable is not set",
                            "set it for the process that runs the job",
                            null));
        }
        return fileContent(reference.group(), reference.group(2));
    }

    /**
     * @param key of a secret that is a JSON object; null: the whole secret
     * @param bound refuses a secret that is meant for others
     */
    private String stored(DataCenter center, String reference, String secret, String key, Consumer<String> bound) {
        String granted = access.secretFor(center.name(), secret)
                .orElseThrow(() -> unresolved(
                        reference,
                        "data center " + center.name() + " may not use it",
                        "grant it to " + center.name() + " in secrets of the stage",
                        null));
        try {
            String stored = store.read(granted);
            bound.accept(stored);
            return key == null ? stored : field(reference, stored, key);
        } catch (StoreException e) {
            throw unresolved(reference, e.getMessage(), e.remedy(), e);
        }
    }

    static JsonNode json(String stored) {
        try {
            return JSON.readTree(stored);
        } catch (JsonProcessingException e) {
            // Without the cause, since its message shows the text that could not be parsed.
            return JsonNodeFactory.instance.missingNode();
        }
    }

    private static String field(String reference, String stored, String key) {
        JsonNode object = json(stored);
        if (!object.isObject()) {
            throw unresolved(
                    reference,
                    "the secret is not a JSON object",
                    "make it one with the key " + key + ", or leave out #" + key,
                    null);
        }
        return Optional.ofNullable(object.get(key))
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .orElseThrow(() -> unresolved(
                        reference, "the secret has no such key", "add the key, or name one that it has", null));
    }

    private String fileContent(String reference, String path) {
        try {
            return withoutLineBreaksAtEnd(files.read(Path.of(path)));
        } catch (SecretFile.RefusedException e) {
            throw unresolved(reference, e.getMessage(), "name the file that holds the secret and nothing else", e);
        } catch (IOException | InvalidPathException e) {
            throw unresolved(
                    reference,
                    "the file cannot be read (" + e.getClass().getSimpleName() + ")",
                    "put the secret there and let the job's user read it",
                    e);
        }
    }

    private static String withoutLineBreaksAtEnd(String text) {
        int end = text.length();
        while (end > 0 && "\r\n".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }

    static InvalidInputException unresolved(String reference, String why, String remedy, Exception cause) {
        return new InvalidInputException(
                "The reference " + Quoted.plain(reference) + " cannot be resolved, because " + why + "; " + remedy
                        + ".",
                cause);
    }
}
