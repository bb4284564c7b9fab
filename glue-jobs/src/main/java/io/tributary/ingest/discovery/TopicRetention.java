package io.tributary.ingest.discovery;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;

/**
 * For how long Kafka keeps the records of a topic.
 *
 * @param time empty if it deletes none for its age
 * @param bytes of a partition, beyond which it deletes the oldest; empty if it deletes none for the size
 */
public record TopicRetention(Optional<Duration> time, OptionalLong bytes) {

    public static final TopicRetention UNLIMITED = new TopicRetention(Optional.empty(), OptionalLong.empty());

    /** By the settings of a topic; empty if they do not tell. */
    public static Optional<TopicRetention> of(Config topic) {
        Optional<Long> time = number(topic, "retention.ms");
        Optional<Long> bytes = number(topic, "retention.bytes");
        if (time.isEmpty() || bytes.isEmpty()) {
            return Optional.empty();
        }
        ConfigEntry policy = topic.get("cleanup.policy");
        boolean isDeleting = policy == null
                || policy.value() == null
                || policy.value().isEmpty()
                || policy.value().contains("delete");
        return Optional.of(
                isDeleting
                        ? new TopicRetention(
                                time.filter(millis -> millis >= 0).map(Duration::ofMillis),
                                bytes.filter(limit -> limit >= 0)
                                        .map(OptionalLong::of)
                                        .orElse(OptionalLong.empty()))
                        : UNLIMITED);
    }

    private static Optional<Long> number(Config topic, String name) {
        return Optional.ofNullable(topic.get(name)).map(ConfigEntry::value).map(Long::parseLong);
    }
}
