package io.tributary.lab.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the brokers call a topic, which is another after it was deleted and recreated. */
public final class TopicIds {

    /** A broker may learn of a new topic a while after the controller has made it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final Duration BACKOFF = Duration.ofMillis(100);

    private TopicIds() {}

    /** The id that a topic has now. */
    public static String of(String bootstrapServers, String topic) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            while (true) {
                try {
                    return admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get()
                            .get(topic)
                            .topicId()
                            .toString();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                        throw new IllegalStateException(
                                "The id of topic " + topic + " at " + bootstrapServers + " is not told: "
                                        + e.getCause(),
                                e);
                    }
                    LockSupport.parkNanos(BACKOFF.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the id of topic " + topic + " was asked for", e);
        }
    }
}
