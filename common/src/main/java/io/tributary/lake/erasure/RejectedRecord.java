package io.tributary.lake.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.offsets.TopicPartitionId;
import java.io.Serializable;

/**
 * A record of the quarantine, by its coordinates.
 *
 * @param topicId the topic and cluster that the offset belongs to; empty in rows of earlier versions
 */
public record RejectedRecord(TopicPartitionId partition, String topicId, long offset) implements Serializable {

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("data_center", partition.dataCenter())
                .put("topic", partition.topic())
                .put("partition", partition.partition())
                .put("topic_id", topicId)
                .put("offset", offset);
    }

    static RejectedRecord fromJson(JsonNode json) {
        return new RejectedRecord(
                new TopicPartitionId(
                        json.required("data_center").asText(),
                        json.required("topic").asText(),
                        json.required("partition").asInt()),
                json.required("topic_id").asText(),
                json.required("offset").asLong());
    }
}
