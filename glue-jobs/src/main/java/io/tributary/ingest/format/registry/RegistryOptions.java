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
 * @param plain topics whose records have no schema there
 * @param keyed topics of whose keys something is read
 */
public record RegistryOptions(RegistryConfig config, Map<String, String> login, Set<String> plain, Set<String> keyed)
        implements Serializable {

    public RegistryOptions {
        login = new TreeMap<>(login);
        plain = new TreeSet<>(plain);
        keyed = new TreeSet<>(keyed);
    }

    /** The registry of a data center all of whose topics have schemas there, and of no key anything is read. */
    public static RegistryOptions of(RegistryConfig config, Map<String, String> login) {
        return new RegistryOptions(config, login, Set.of(), Set.of());
    }

    /** The same registry, whichever the topics. */
    public RegistryOptions ofAllTopics() {
        return of(config, login);
    }

    @Override
    public String toString() {
        return "registry " + config.keys().get("url");
    }
}
