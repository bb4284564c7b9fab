package io.tributary.ingest.read;

import io.tributary.config.kafka.ResolvedOptions;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options of a data center's Kafka consumer, as tasks need them: with secrets in clear. {@code toString} shows none
 * of them, since Spark writes the text of tasks into logs and its user interface.
 */
public record ConsumerOptions(ResolvedOptions resolved) implements Serializable {

    /** @param options names of the Kafka consumer's configuration, with their values */
    public ConsumerOptions(String dataCenter, Map<String, String> options) {
        this(new ResolvedOptions(dataCenter, options));
    }

    String dataCenter() {
        return resolved.dataCenter();
    }

    public Map<String, Object> toMap() {
        return new TreeMap<>(resolved.forClient());
    }

    @Override
    public String toString() {
        return "consumer of " + dataCenter();
    }
}
