package io.tributary.config;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The schema registry of a data center. Ids of two registries mean different schemas, so each data center has its own.
 *
 * @param url of the API, without a slash at its end; null for AWS Glue where it is reached as everywhere
 * @param region of AWS Glue; null: the job's own
 * @param login empty, or {@code username} and {@code password}; values may hold references that {@link Secrets}
 *     resolves, and the password is nothing else
 */
public record RegistryConfig(Type type, String url, String region, Map<String, String> login) implements Serializable {

    public static final String USERNAME = "username";
    public static final String PASSWORD = "password";

    /** Which API it speaks. */
    public enum Type {
        /** Confluent's, as Apicurio and Karapace also do. */
        CONFLUENT,
        GLUE
    }

    public RegistryConfig {
        login = Map.copyOf(login);
    }

    /** The keys of the section {@code registry} of a data center, as the file has them. */
    public Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("type", type.name().toLowerCase(Locale.ROOT));
        if (url != null) {
            keys.put("url", url);
        }
        if (region != null) {
            keys.put("region", region);
        }
        keys.putAll(new TreeMap<>(login));
        return keys;
    }
}
