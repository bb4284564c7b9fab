package io.tributary.config.kafka;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Kafka options of a data center with resolved secrets, for a client.
 *
 * <p>Two are equal if all options are equal. So a pool of clients that is keyed by them opens a new client after a
 * secret was rotated. They travel to executors within tasks. {@code toString} shows no value.
 */
public final class ResolvedOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String dataCenter;
    private final TreeMap<String, String> options;

    public ResolvedOptions(String dataCenter, Map<String, String> options) {
        this.dataCenter = dataCenter;
        this.options = new TreeMap<>(options);
    }

    public String dataCenter() {
        return dataCenter;
    }

    /** The options without the prefix {@code kafka.}, including secrets; only for a client. */
    public Map<String, String> forClient() {
        return Map.copyOf(options);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResolvedOptions that
                && dataCenter.equals(that.dataCenter)
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return 31 * dataCenter.hashCode() + options.hashCode();
    }

    /** Shows neither the values nor a hash of them, from which a short password could be guessed. */
    @Override
    public String toString() {
        return "ResolvedOptions[" + dataCenter + ", " + options.keySet() + "]";
    }
}
