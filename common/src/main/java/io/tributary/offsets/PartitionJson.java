package io.tributary.offsets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The JSON form of a map by partition: {@code {"dc": {"topic": {"partition": value}}}}. */
public final class PartitionJson {

    private PartitionJson() {}

    public static <V> ObjectNode write(SortedMap<TopicPartitionId, V> values, Function<V, JsonNode> form) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        values.forEach((id, value) -> child(child(root, id.dataCenter()), id.topic())
                .set(Integer.toString(id.partition()), form.apply(value)));
        return root;
    }

    public static <V> SortedMap<TopicPartitionId, V> read(JsonNode root, Function<JsonNode, V> value) {
        SortedMap<TopicPartitionId, V> values = new TreeMap<>();
        for (Map.Entry<String, JsonNode> dataCenter : children(root)) {
            for (Map.Entry<String, JsonNode> topic : children(dataCenter.getValue())) {
                for (Map.Entry<String, JsonNode> partition : children(topic.getValue())) {
                    values.put(
                            new TopicPartitionId(
                                    dataCenter.getKey(), topic.getKey(), Integer.parseInt(partition.getKey())),
                            value.apply(partition.getValue()));
                }
            }
        }
        return values;
    }

    private static Set<Map.Entry<String, JsonNode>> children(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("not an object: " + node);
        }
        return node.properties();
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode child ? child : parent.putObject(name);
    }
}
