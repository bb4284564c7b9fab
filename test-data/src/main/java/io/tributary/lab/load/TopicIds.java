package io.tributary.lab.load;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** What the brokers call a topic, which is another after it was deleted and recreated. */
public final class TopicIds {

    private TopicIds() {}

    /** The id that a topic has now. */
    public static String of(String bootstrapServers, String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .topicId()
                    .toString();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The id of topic " + topic + " at " + bootstrapServers + " is not told", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the id of topic " + topic + " was asked for", e);
        }
    }
}
