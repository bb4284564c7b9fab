package io.tributary.config.kafka;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Kafka options of a data center with its secrets in place, as a client needs them now.
 *
 * <p>Two are equal if every option is, so a pool of clients that is keyed by them opens a new one once a secret was
 * renewed. They travel to executors within tasks; no text of theirs holds a value.
 */
public final class ResolvedOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String dataCenter;
    private final TreeMap<String, String> options;

    public ResolvedOptions(String dataCenter, Map<String, String> options) {
        this.dataCenter = dataCenter;
        this.options = new TreeMap<>(options);
    }

    /** The options without the prefix {@code kafka.}, secrets included: for a client, and nothing else. */
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

    /** Without the values, and without a hash of them, by which a short password could be found. */
    @Override
    public String toString() {
        return "ResolvedOptions[" + dataCenter + ", " + options.keySet() + "]";
    }
}
