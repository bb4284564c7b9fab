package io.tributary.lake.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.offsets.PartitionJson;
import io.tributary.offsets.TopicPartitionId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The metadata of a commit that removes rows from a table for good, because they were erased or because a rule drops
 * their date.
 *
 * @param erasure number of the erasure; 0 if a rule drops whole dates
 * @param rule the rule, such as {@code retention.events}; empty for an erasure
 * @param byPartition rows removed from each partition of the table, given as its values joined by {@code /}
 * @param dataCenters rows removed, by the data center that delivered them
 * @param batches rows removed by the batch that wrote them, given as its {@code committedAt}, and by topic partition; empty
 *     where the rows of a batch are not counted, as in the merged table
 */
public record RemovalMetadata(
        long erasure,
        String rule,
        SortedMap<String, Long> byPartition,
        SortedMap<String, Long> dataCenters,
        SortedMap<Long, SortedMap<TopicPartitionId, Long>> batches)
        implements CommitMetadata {

    static final String KIND = "removal";

    public RemovalMetadata {
        byPartition = Collections.unmodifiableSortedMap(new TreeMap<>(byPartition));
        dataCenters = Collections.unmodifiableSortedMap(new TreeMap<>(dataCenters));
        batches = Collections.unmodifiableSortedMap(new TreeMap<>(batches));
        if (sum(byPartition) != sum(dataCenters)) {
            throw new IllegalArgumentException(
                    "counts do not balance: by partition " + byPartition + ", by data center " + dataCenters);
        }
    }

    /** How many rows were removed. */
    public long rows() {
        return sum(dataCenters);
    }

    private static long sum(SortedMap<String, Long> rows) {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("tributary", KIND);
        if (erasure > 0) {
            root.put("erasure", erasure);
        }
        if (!rule.isEmpty()) {
            root.put("rule", rule);
        }
        byPartition.forEach(root.putObject("partitions")::put);
        dataCenters.forEach(root.putObject("data_centers")::put);
        if (!batches.isEmpty()) {
            ObjectNode byBatch = root.putObject("batches");
            batches.forEach((committedAt, rows) -> byBatch.set(
                    Long.toString(committedAt), PartitionJson.write(rows, JsonNodeFactory.instance::numberNode)));
        }
        return root;
    }

    static RemovalMetadata fromJson(JsonNode node) {
        SortedMap<Long, SortedMap<TopicPartitionId, Long>> batches = new TreeMap<>();
        node.path("batches")
                .properties()
                .forEach(entry -> batches.put(
                        Long.valueOf(entry.getKey()), PartitionJson.read(entry.getValue(), JsonNode::asLong)));
        return new RemovalMetadata(
                node.path("erasure").asLong(),
                node.path("rule").asText(),
                rows(node.required("partitions")),
                rows(node.required("data_centers")),
                batches);
    }

    private static SortedMap<String, Long> rows(JsonNode node) {
        SortedMap<String, Long> rows = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            rows.put(entry.getKey(), entry.getValue().asLong());
        }
        return rows;
    }
}
