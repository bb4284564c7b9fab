package io.tributary.ingest.read;

import io.tributary.config.kafka.ResolvedOptions;
import io.tributary.ingest.format.registry.RegistryOptions;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * The options of a data center's Kafka consumer, as tasks need them: with secrets in clear. {@code toString} shows none
 * of them, since Spark writes the text of tasks into logs and its user interface.
 *
 * @param registry of the schemas of its records; null if they need none
 */
public record ConsumerOptions(ResolvedOptions resolved, RegistryOptions registry) implements Serializable {

    /** @param options names of the Kafka consumer's configuration, with their values */
    public ConsumerOptions(String dataCenter, Map<String, String> options) {
        this(new ResolvedOptions(dataCenter, options), null);
    }

    String dataCenter() {
        return resolved.dataCenter();
    }

    public Map<String, Object> toMap() {
        return new TreeMap<>(resolved.forClient());
    }

    /** The same for a consumer whose polls return one record each. */
    ConsumerOptions forSingleRecords() {
        Map<String, String> single = new TreeMap<>(resolved.forClient());
        single.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
        return new ConsumerOptions(new ResolvedOptions(dataCenter(), single), registry);
    }

    @Override
    public String toString() {
        return "consumer of " + dataCenter();
    }
}
