package io.tributary.ingest.format;

import io.tributary.config.RegistryConfig;
import io.tributary.ingest.format.registry.RegistryOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The schemas that this process has seen, by registry. Whoever is about to read records says {@link #use} first; then
 * schemas are found by the name of the data center alone. No login travels with the records so.
 */
public final class KnownSchemas {

    /** That of this process. Tasks of one executor share it, so that a registry is asked once for a schema. */
    public static final KnownSchemas OF_PROCESS = new KnownSchemas();

    private record Registry(RegistryOptions options, RegistrySchemas schemas) {}

    private final Map<String, Registry> registries = new ConcurrentHashMap<>();
    private final Map<RegistryOptions, RegistrySchemas> schemas = new ConcurrentHashMap<>();

    KnownSchemas() {}

    /** From now on, the schemas of a data center's records are found there. */
    public void use(String dataCenter, RegistryOptions options) {
        registries.compute(
                dataCenter,
                (name, before) -> before != null && before.options().equals(options)
                        ? before
                        : new Registry(
                                options,
                                schemas.computeIfAbsent(
                                        options.ofAllTopics(), all -> new RegistrySchemas(all, System::nanoTime))));
    }

    /**
     * Finds the schemas of a record before it is decoded, where a registry that does not answer can still be waited for.
     *
     * @param value null if it has none
     * @param key likewise
     * @throws RegistryUnavailableException if the registry does not say what a schema is
     */
    public void prepare(String dataCenter, String topic, byte[] value, byte[] key) {
        Registry registry = registries.get(dataCenter);
        if (registry == null || registry.options().plain().contains(topic)) {
            return;
        }
        prepare(registry, value);
        if (registry.options().keyed().contains(topic)) {
            prepare(registry, key);
        }
    }

    private static void prepare(Registry registry, byte[] bytes) {
        if (bytes != null) {
            SchemaHeader.of(bytes, registry.options().config().type())
                    .ifPresent(header -> registry.schemas().find(header.id()));
        }
    }

    /** @throws RegistryUnavailableException if none is known for the data center */
    RegistryConfig.Type typeOf(String dataCenter) {
        return registry(dataCenter).options().config().type();
    }

    /**
     * What was found when the record was prepared, however long ago; only of a record that nobody prepared the registry is
     * asked now.
     *
     * @throws RegistryUnavailableException if the registry does not say what the schema is
     */
    FoundSchema find(String dataCenter, String id) {
        return registry(dataCenter).schemas().findPrepared(id);
    }

    private Registry registry(String dataCenter) {
        Registry registry = registries.get(dataCenter);
        if (registry == null) {
            throw new RegistryUnavailableException("no schema registry is known for the records of data center "
                    + dataCenter + "; add registry to its entry in the data-centers file");
        }
        return registry;
    }
}
