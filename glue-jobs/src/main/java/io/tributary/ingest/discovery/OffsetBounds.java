package io.tributary.ingest.discovery;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicPartitionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The offsets that a data center's Kafka holds.
 *
 * @param earliest the first offset that each partition still holds
 * @param latest the offset up to which each partition can be read
 * @param end the offset after the last record of each partition; beyond {@code latest} while a transaction is open
 * @param start where a new data center begins, by its configuration
 * @param identities of the topics that answered, by name
 * @param partitions all partitions of the topics, also those whose offsets are not known now
 * @param unavailable topics and partitions that did not answer
 * @param truncated offsets that were read and that the log no longer holds: the leader epoch of the position ends
 *     before it
 * @param retentions for how long topics are kept, as far as it is told
 */
public record OffsetBounds(
        PartitionOffsets earliest,
        PartitionOffsets latest,
        PartitionOffsets end,
        PartitionOffsets start,
        SortedMap<String, TopicIdentity> identities,
        SortedSet<TopicPartitionId> partitions,
        List<Unavailable> unavailable,
        SortedSet<OffsetRange> truncated,
        SortedMap<String, TopicRetention> retentions) {

    public OffsetBounds {
        identities = Collections.unmodifiableSortedMap(new TreeMap<>(identities));
        partitions = Collections.unmodifiableSortedSet(new TreeSet<>(partitions));
        unavailable = List.copyOf(unavailable);
        truncated = Collections.unmodifiableSortedSet(new TreeSet<>(truncated));
        retentions = Collections.unmodifiableSortedMap(new TreeMap<>(retentions));
    }

    /** The bounds of a cluster without open transactions and without ids, in which everything answers. */
    public OffsetBounds(PartitionOffsets earliest, PartitionOffsets latest, PartitionOffsets start) {
        this(
                earliest,
                latest,
                latest,
                start,
                new TreeMap<>(),
                new TreeSet<>(latest.offsets().keySet()),
                List.of(),
                new TreeSet<>(),
                new TreeMap<>());
    }

    /** The topics that answered. Topics that are no longer in the configuration are not asked. */
    public Set<String> topics() {
        return partitions.stream().map(TopicPartitionId::topic).collect(Collectors.toCollection(TreeSet::new));
    }

    /** As the brokers report it. */
    public TopicIdentity identityOf(String topic) {
        return identities.getOrDefault(topic, TopicIdentity.first(TopicIdentity.UNTOLD, TopicIdentity.UNTOLD));
    }

    /**
     * The same with the result of a check for truncated logs.
     *
     * @param unknown partitions of which the check knows nothing yet, and why; they are not read
     */
    public OffsetBounds withTruncations(SortedSet<OffsetRange> found, SortedMap<TopicPartitionId, String> unknown) {
        List<Unavailable> all = new ArrayList<>(unavailable);
        unknown.forEach((partition, cause) -> all.add(new Unavailable(
                partition.topic(),
                OptionalInt.of(partition.partition()),
                "its leader has changed, and whether its log was truncated is not known yet: " + cause,
                "look after the broker that leads it")));
        return new OffsetBounds(
                without(earliest, unknown),
                without(latest, unknown),
                end,
                start,
                identities,
                partitions,
                all,
                found,
                retentions);
    }

    /** Whether all partitions answered. */
    public boolean isWhole() {
        return unavailable.isEmpty() && end.offsets().keySet().containsAll(partitions);
    }

    private static PartitionOffsets without(PartitionOffsets offsets, SortedMap<TopicPartitionId, String> partitions) {
        SortedMap<TopicPartitionId, Long> others = new TreeMap<>(offsets.offsets());
        others.keySet().removeAll(partitions.keySet());
        return new PartitionOffsets(others);
    }
}
