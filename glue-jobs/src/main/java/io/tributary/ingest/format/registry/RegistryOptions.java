package io.tributary.ingest.format.registry;

import io.tributary.config.RegistryConfig;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The schema registry of a data center, as tasks need it: with its login in clear, which {@code toString} does not show.
 *
 * @param topics whose records have their schemas there
 */
public record RegistryOptions(RegistryConfig config, Map<String, String> login, Set<String> topics)
        implements Serializable {

    public RegistryOptions {
        login = new TreeMap<>(login);
        topics = new TreeSet<>(topics);
    }

    /** The same registry, whichever the topics. */
    public RegistryOptions ofAllTopics() {
        return new RegistryOptions(config, login, Set.of());
    }

    @Override
    public String toString() {
        return "registry of " + topics;
    }
}
