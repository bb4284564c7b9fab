package io.tributary.offsets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The JSON form of a read progress, as fields of the object that contains it. Positions and pending ranges are always
 * written, other fields only if they are not empty. So text from before a field existed can be read as well.
 */
public final class ReadProgressJson {

    private static final String POSITIONS = "positions";
    private static final String PENDING = "pending";
    private static final String IDENTITIES = "identities";
    private static final String EPOCHS = "leader_epochs";
    private static final String UNREAD = "unread";
    private static final String TRUNCATED = "truncated_logs";

    private ReadProgressJson() {}

    /** Writes all of a read progress. */
    public static void write(ReadProgress readProgress, ObjectNode root) {
        root.set(POSITIONS, readProgress.positions().toJson());
        root.set(PENDING, OffsetRange.toJson(readProgress.pending()));
        writeLogs(readProgress, root, "");
    }

    public static ReadProgress read(JsonNode root) {
        return readLogs(
                PartitionOffsets.fromJson(root.required(POSITIONS)),
                OffsetRange.fromJson(root.required(PENDING)),
                root,
                "");
    }

    /**
     * Writes what is known of the logs in addition to the offsets.
     *
     * @param prefix of the fields' names
     */
    public static void writeLogs(ReadProgress readProgress, ObjectNode root, String prefix) {
        if (!readProgress.identities().isEmpty()) {
            ObjectNode identities = root.putObject(prefix + IDENTITIES);
            readProgress.identities().forEach((name, identity) -> {
                ObjectNode topics = identities.get(name.dataCenter()) instanceof ObjectNode known
                        ? known
                        : identities.putObject(name.dataCenter());
                topics.put(name.topic(), identity.toString());
            });
        }
        if (!readProgress.epochs().isEmpty()) {
            root.set(prefix + EPOCHS, PartitionJson.write(readProgress.epochs(), IntNode::valueOf));
        }
        if (!readProgress.unread().isEmpty()) {
            SortedMap<TopicPartitionId, Boolean> unread = new TreeMap<>();
            readProgress.unread().forEach(partition -> unread.put(partition, true));
            root.set(prefix + UNREAD, PartitionJson.write(unread, BooleanNode::valueOf));
        }
        if (!readProgress.truncated().isEmpty()) {
            root.set(prefix + TRUNCATED, OffsetRange.toJson(readProgress.truncated()));
        }
    }

    /**
     * Reads what {@link #writeLogs} wrote.
     *
     * @throws IllegalArgumentException if a field has another shape
     */
    public static ReadProgress readLogs(
            PartitionOffsets positions, SortedSet<OffsetRange> pending, JsonNode root, String prefix) {
        SortedMap<TopicName, TopicIdentity> identities = new TreeMap<>();
        for (Map.Entry<String, JsonNode> dataCenter :
                root.path(prefix + IDENTITIES).properties()) {
            for (Map.Entry<String, JsonNode> topic : dataCenter.getValue().properties()) {
                identities.put(
                        new TopicName(dataCenter.getKey(), topic.getKey()),
                        TopicIdentity.parse(topic.getValue().asText()));
            }
        }
        return new ReadProgress(
                positions,
                pending,
                identities,
                partitions(root.path(prefix + EPOCHS)).entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().asInt(), (a, b) -> b, TreeMap::new)),
                new TreeSet<>(partitions(root.path(prefix + UNREAD)).keySet()),
                OffsetRange.fromJson(root.path(prefix + TRUNCATED)));
    }

    private static SortedMap<TopicPartitionId, JsonNode> partitions(JsonNode tree) {
        return tree.isMissingNode() ? new TreeMap<>() : PartitionJson.read(tree, value -> value);
    }

    /** The names of the fields of {@link #writeLogs}. */
    public static Set<String> logFields(String prefix) {
        return Set.of(prefix + IDENTITIES, prefix + EPOCHS, prefix + UNREAD, prefix + TRUNCATED);
    }
}
