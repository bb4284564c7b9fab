package io.tributary.offsets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Offsets of one partition.
 *
 * @param from the first, inclusive
 * @param until the last, exclusive
 */
public record OffsetRange(TopicPartitionId partition, long from, long until) implements Comparable<OffsetRange> {

    private static final Comparator<OffsetRange> ORDER = Comparator.comparing(OffsetRange::partition)
            .thenComparingLong(OffsetRange::from)
            .thenComparingLong(OffsetRange::until);

    public OffsetRange {
        if (from >= until) {
            throw new IllegalArgumentException("no offsets from " + from + " until " + until + " of " + partition);
        }
    }

    public long offsets() {
        return until - from;
    }

    /** Whether this range contains all of another one. */
    public boolean holds(OffsetRange other) {
        return partition.equals(other.partition) && from <= other.from && other.until <= until;
    }

    @Override
    public int compareTo(OffsetRange other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return partition + " offsets " + from + " to " + (until - 1);
    }

    /** The form {@code [["dc", "topic", partition, from, until], …]}, sorted. */
    public static ArrayNode toJson(SortedSet<OffsetRange> ranges) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        ranges.forEach(range -> array.addArray()
                .add(range.partition.dataCenter())
                .add(range.partition.topic())
                .add(range.partition.partition())
                .add(range.from)
                .add(range.until));
        return array;
    }

    /**
     * Reads the output of {@link #toJson}; a missing node is an empty set.
     *
     * @throws IllegalArgumentException if the node has another shape
     */
    public static SortedSet<OffsetRange> fromJson(JsonNode array) {
        if (!array.isMissingNode() && !array.isArray()) {
            throw new IllegalArgumentException("no list of offset ranges: " + array);
        }
        SortedSet<OffsetRange> ranges = new TreeSet<>();
        for (JsonNode range : array) {
            if (range.size() != 5
                    || !range.get(2).isInt()
                    || !range.get(3).isIntegralNumber()
                    || !range.get(4).isIntegralNumber()) {
                throw new IllegalArgumentException("no offset range: " + range);
            }
            ranges.add(new OffsetRange(
                    new TopicPartitionId(
                            range.get(0).asText(),
                            range.get(1).asText(),
                            range.get(2).asInt()),
                    range.get(3).longValue(),
                    range.get(4).longValue()));
        }
        return Collections.unmodifiableSortedSet(ranges);
    }
}
