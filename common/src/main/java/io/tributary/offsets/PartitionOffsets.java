package io.tributary.offsets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far each partition of each data center was read: the offset of the next record. Immutable. Its JSON is
 * {@code {"dc": {"topic": {"partition": offset}}}} with sorted keys, so equal offsets have equal text.
 */
public record PartitionOffsets(SortedMap<TopicPartitionId, Long> offsets) {

    public static final PartitionOffsets EMPTY = new PartitionOffsets(new TreeMap<>());

    public PartitionOffsets {
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    }

    public Optional<Long> of(TopicPartitionId partition) {
        return Optional.ofNullable(offsets.get(partition));
    }

    public SortedSet<String> dataCenters() {
        SortedSet<String> names = new TreeSet<>();
        offsets.keySet().forEach(partition -> names.add(partition.dataCenter()));
        return names;
    }

    /** The partitions of one data center; empty for an unknown one. */
    public PartitionOffsets dataCenter(String name) {
        SortedMap<TopicPartitionId, Long> own = new TreeMap<>();
        offsets.forEach((partition, offset) -> {
            if (partition.dataCenter().equals(name)) {
                own.put(partition, offset);
            }
        });
        return new PartitionOffsets(own);
    }

    /** These positions, overridden and extended by {@code newer}. */
    public PartitionOffsets plus(PartitionOffsets newer) {
        SortedMap<TopicPartitionId, Long> all = new TreeMap<>(offsets);
        all.putAll(newer.offsets);
        return new PartitionOffsets(all);
    }

    public boolean isEmpty() {
        return offsets.isEmpty();
    }

    /** The offset of one data center as Spark's Kafka source writes it: {@code {"topic": {"partition": offset}}}. */
    public String kafkaJson(String dataCenter) {
        JsonNode own = toJson().get(dataCenter);
        return own == null ? "{}" : own.toString();
    }

    public ObjectNode toJson() {
        return PartitionJson.write(offsets, LongNode::valueOf);
    }

    /**
     * Reads the output of {@link #toJson}.
     *
     * @throws IllegalArgumentException if the node has another shape
     */
    public static PartitionOffsets fromJson(JsonNode node) {
        return new PartitionOffsets(PartitionJson.read(node, offset -> {
            if (!offset.isIntegralNumber() || !offset.canConvertToLong()) {
                throw new IllegalArgumentException("not an offset: " + offset);
            }
            return offset.longValue();
        }));
    }
}
