package io.tributary.ingest.read;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options of a data center's Kafka consumer, as tasks need them: with secrets in clear. {@code toString} shows none
 * of them, since Spark writes the text of tasks into logs and its user interface.
 */
public final class ConsumerOptions implements Serializable {

    private static final long serialVersionUID = 1;

    private final String dataCenter;
    private final TreeMap<String, String> options;

    /** @param options names of the Kafka consumer's configuration, with their values */
    public ConsumerOptions(String dataCenter, Map<String, String> options) {
        this.dataCenter = dataCenter;
        this.options = new TreeMap<>(options);
    }

    String dataCenter() {
        return dataCenter;
    }

    public Map<String, Object> toMap() {
        return new TreeMap<>(options);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConsumerOptions that
                && dataCenter.equals(that.dataCenter)
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return 31 * dataCenter.hashCode() + options.hashCode();
    }

    @Override
    public String toString() {
        return "consumer of " + dataCenter;
    }
}
