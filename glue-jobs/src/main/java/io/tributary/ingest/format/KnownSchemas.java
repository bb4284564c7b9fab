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

    private final Map<String, RegistryOptions> registries = new ConcurrentHashMap<>();
    private final Map<RegistryOptions, RegistrySchemas> schemas = new ConcurrentHashMap<>();

    KnownSchemas() {}

    /** From now on, the schemas of a data center's records are found there. */
    public void use(String dataCenter, RegistryOptions registry) {
        registries.put(dataCenter, registry);
    }

    /**
     * Finds the schema of a record before the record is decoded, where a registry that does not answer can still be waited
     * for.
     *
     * @param value null if it has none
     * @throws RegistryUnavailableException if the registry does not say what the schema is
     */
    public void prepare(String dataCenter, String topic, byte[] value) {
        RegistryOptions registry = registries.get(dataCenter);
        if (value != null && registry != null && registry.topics().contains(topic)) {
            SchemaHeader.of(value, registry.config().type()).ifPresent(header -> find(registry, header.id()));
        }
    }

    /** @throws RegistryUnavailableException if none is known for the data center */
    RegistryConfig.Type typeOf(String dataCenter) {
        return registry(dataCenter).config().type();
    }

    /** @throws RegistryUnavailableException if the registry does not say what the schema is */
    FoundSchema find(String dataCenter, String id) {
        return find(registry(dataCenter), id);
    }

    private RegistryOptions registry(String dataCenter) {
        RegistryOptions registry = registries.get(dataCenter);
        if (registry == null) {
            throw new RegistryUnavailableException("no schema registry is known for the records of data center "
                    + dataCenter + "; add registry to its entry in the data-centers file");
        }
        return registry;
    }

    private FoundSchema find(RegistryOptions registry, String id) {
        return schemas.computeIfAbsent(
                        registry.ofAllTopics(), options -> new RegistrySchemas(options, System::nanoTime))
                .find(id);
    }
}
