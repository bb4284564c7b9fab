package io.tributary.ingest.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up the retention of topics now and then. No trigger waits for it: an answer serves the triggers after it. Nothing
 * that is read depends on it. Not thread-safe.
 */
final class RetentionLookup {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionLookup.class);
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final String dataCenter;
    private final LongSupplier nanoTime;
    private final SortedMap<String, TopicRetention> told = new TreeMap<>();
    private final Map<String, KafkaFuture<Config>> asked = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private List<String> topics = List.of();
    private long askAgainAt;

    /** @param nanoTime the process's clock, in nanoseconds */
    RetentionLookup(String dataCenter, LongSupplier nanoTime) {
        this.dataCenter = dataCenter;
        this.nanoTime = nanoTime;
    }

    /** Asks, if the last question is some minutes old or the topics have changed. */
    void ask(Admin admin, Collection<String> current) {
        List<String> wanted = List.copyOf(current);
        long now = nanoTime.getAsLong();
        if (wanted.equals(topics) && now - askAgainAt < 0) {
            return;
        }
        topics = wanted;
        askAgainAt = now + INTERVAL.toNanos();
        told.keySet().retainAll(wanted);
        asked.clear();
        List<ConfigResource> resources = new ArrayList<>();
        wanted.forEach(topic -> resources.add(new ConfigResource(ConfigResource.Type.TOPIC, topic)));
        admin.describeConfigs(resources).values().forEach((resource, answer) -> asked.put(resource.name(), answer));
    }

    /** By topic, as far as it is told. */
    SortedMap<String, TopicRetention> told() throws InterruptedException {
        for (String topic : List.copyOf(asked.keySet())) {
            if (asked.get(topic).isDone()) {
                take(topic, asked.remove(topic));
            }
        }
        return told;
    }

    private void take(String topic, KafkaFuture<Config> answer) throws InterruptedException {
        try {
            TopicRetention.of(answer.get()).ifPresent(retention -> told.put(topic, retention));
            refused.remove(topic);
        } catch (ExecutionException e) {
            if (refused.add(topic)) {
                LOG.info(
                        "ingest[dc={}]: does not tell how long it keeps topic {}: {}. It is read all the same; when Kafka"
                                + " deletes what is unread is not known. Allow DESCRIBE_CONFIGS on the topic.",
                        dataCenter,
                        topic,
                        KafkaErrors.describe(e));
            }
        }
    }
}
