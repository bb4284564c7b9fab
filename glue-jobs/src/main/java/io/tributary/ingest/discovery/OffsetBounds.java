package io.tributary.ingest.discovery;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicPartitionId;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How far a data center's Kafka reaches.
 *
 * @param earliest the first offset that each partition still holds
 * @param latest the offset up to which each partition can be read
 * @param end the offset after the last record of each partition; beyond {@code latest} where a transaction is open
 * @param start where a data center that is new begins, by its configuration
 * @param identities of the topics that answered, by name
 * @param partitions all that the topics have, also those whose offsets are not known now
 * @param unavailable topics and partitions that did not answer
 * @param truncated what was read of a log and is no more in it: a leader epoch of its own ends before the position
 */
public record OffsetBounds(
        PartitionOffsets earliest,
        PartitionOffsets latest,
        PartitionOffsets end,
        PartitionOffsets start,
        SortedMap<String, TopicIdentity> identities,
        SortedSet<TopicPartitionId> partitions,
        List<Unavailable> unavailable,
        SortedSet<OffsetRange> truncated) {

    public OffsetBounds {
        identities = Collections.unmodifiableSortedMap(new TreeMap<>(identities));
        partitions = Collections.unmodifiableSortedSet(new TreeSet<>(partitions));
        unavailable = List.copyOf(unavailable);
        truncated = Collections.unmodifiableSortedSet(new TreeSet<>(truncated));
    }

    /** A cluster without open transactions that tells no ids, and all of which answers. */
    public OffsetBounds(PartitionOffsets earliest, PartitionOffsets latest, PartitionOffsets start) {
        this(
                earliest,
                latest,
                latest,
                start,
                new TreeMap<>(),
                new TreeSet<>(latest.offsets().keySet()),
                List.of(),
                new TreeSet<>());
    }

    /** The topics that answered. A topic that was not asked for has left the configuration. */
    public Set<String> topics() {
        return partitions.stream().map(TopicPartitionId::topic).collect(Collectors.toCollection(TreeSet::new));
    }

    /** As the brokers tell it. */
    public TopicIdentity identityOf(String topic) {
        return identities.getOrDefault(topic, TopicIdentity.first(TopicIdentity.UNTOLD, TopicIdentity.UNTOLD));
    }

    /** The same with logs that turned out to be cut. */
    public OffsetBounds withTruncated(SortedSet<OffsetRange> all) {
        return new OffsetBounds(earliest, latest, end, start, identities, partitions, unavailable, all);
    }
}
