package io.tributary.offsets;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where reading is. Everything below the positions was read, except for the pending ranges, which were deferred. A
 * batch may read only from a position or from the beginning of a pending range. Adjacent pending ranges are merged into
 * one, so equal progress has equal text.
 *
 * @param pending ranges below the positions that no batch has read yet
 * @param identities which topics the offsets belong to; unknown for a topic that is not in it
 * @param epochs leader epoch of the last record read of each partition, where the brokers reported it
 * @param unread partitions that have begun and of which no batch has read anything yet
 * @param truncated offsets that were read and that their log lost, although they had not expired: the topic is halted
 *     until an operator restarts it
 */
public record ReadProgress(
        PartitionOffsets positions,
        SortedSet<OffsetRange> pending,
        SortedMap<TopicName, TopicIdentity> identities,
        SortedMap<TopicPartitionId, Integer> epochs,
        SortedSet<TopicPartitionId> unread,
        SortedSet<OffsetRange> truncated) {

    public static final ReadProgress EMPTY = new ReadProgress(PartitionOffsets.EMPTY, new TreeSet<>());

    /** A read progress with offsets alone. */
    public ReadProgress(PartitionOffsets positions, SortedSet<OffsetRange> pending) {
        this(positions, pending, new TreeMap<>(), new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
    }

    public ReadProgress {
        pending = Collections.unmodifiableSortedSet(joined(pending));
        identities = Collections.unmodifiableSortedMap(new TreeMap<>(identities));
        epochs = Collections.unmodifiableSortedMap(new TreeMap<>(epochs));
        unread = Collections.unmodifiableSortedSet(new TreeSet<>(unread));
        truncated = Collections.unmodifiableSortedSet(new TreeSet<>(truncated));
        for (OffsetRange range : pending) {
            if (range.until() > positions.of(range.partition()).orElse(0L)) {
                throw new IllegalArgumentException(range + " are to wait and lie beyond what was ever handed out");
            }
        }
    }

    private static SortedSet<OffsetRange> joined(SortedSet<OffsetRange> ranges) {
        TreeSet<OffsetRange> joined = new TreeSet<>();
        for (OffsetRange range : new TreeSet<>(ranges)) {
            OffsetRange last = joined.isEmpty() ? null : joined.last();
            if (last != null && last.partition().equals(range.partition()) && last.until() >= range.from()) {
                joined.remove(last);
                joined.add(new OffsetRange(range.partition(), last.from(), Math.max(last.until(), range.until())));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }

    /** A batch that does not continue the read progress. */
    public static final class BrokenException extends RuntimeException {
        BrokenException(List<String> breaks) {
            super(String.join("; ", breaks));
        }
    }

    /**
     * The read progress after a batch.
     *
     * @throws BrokenException naming every range that does not begin at a position or a pending range, and every topic
     *     that is not the topic read so far and was not restarted
     */
    public ReadProgress after(BatchProgress progress) {
        ReadProgressBuilder step = new ReadProgressBuilder(this);
        progress.identities().forEach(step::identify);
        progress.newPartitions().offsets().forEach(step::begin);
        progress.lost().forEach(step::skip);
        progress.expired().forEach(step::skip);
        progress.read().forEach(step::read);
        progress.deferred().forEach(step::defer);
        progress.truncated().forEach(step::truncate);
        progress.epochs().forEach(step::epoch);
        return step.end();
    }

    /**
     * The read progress after a batch, from offsets alone.
     *
     * @param newPartitions new partitions, with the offsets at which they begin
     * @param consumed the ranges that it read
     * @param deferred the ranges that it deferred
     */
    public ReadProgress advance(
            PartitionOffsets newPartitions, Collection<OffsetRange> consumed, Collection<OffsetRange> deferred) {
        return after(BatchProgress.NONE
                .withNewPartitions(newPartitions)
                .withRead(consumed)
                .withDeferred(deferred));
    }

    /** The progress in what Kafka delivers, without what is read by request. */
    public ReadProgress ofKafka() {
        if (positions.offsets().keySet().stream().noneMatch(id -> ReplayTopic.isByRequest(id.topic()))) {
            return this;
        }
        SortedMap<TopicPartitionId, Long> own = new TreeMap<>(positions.offsets());
        own.keySet().removeIf(id -> ReplayTopic.isByRequest(id.topic()));
        SortedSet<OffsetRange> waiting = new TreeSet<>(pending);
        waiting.removeIf(range -> ReplayTopic.isByRequest(range.partition().topic()));
        SortedMap<TopicName, TopicIdentity> topics = new TreeMap<>(identities);
        topics.keySet().removeIf(name -> ReplayTopic.isByRequest(name.topic()));
        SortedSet<TopicPartitionId> begun = new TreeSet<>(unread);
        begun.removeIf(id -> ReplayTopic.isByRequest(id.topic()));
        return new ReadProgress(new PartitionOffsets(own), waiting, topics, epochs, begun, truncated);
    }

    /** Whether a range is pending, as a whole or as the beginning of a pending range. */
    public boolean isPending(OffsetRange range) {
        return pendingFor(range).isPresent();
    }

    /** The pending range that begins where the given one does and contains it. */
    private Optional<OffsetRange> pendingFor(OffsetRange range) {
        return pendingFor(pending, range);
    }

    static Optional<OffsetRange> pendingFor(Collection<OffsetRange> pending, OffsetRange range) {
        return pending.stream()
                .filter(hole -> hole.partition().equals(range.partition())
                        && hole.from() == range.from()
                        && hole.until() >= range.until())
                .findFirst();
    }

    /** The pending ranges of one partition, in order. */
    public List<OffsetRange> pendingOf(TopicPartitionId partition) {
        return pending.stream()
                .filter(range -> range.partition().equals(partition))
                .toList();
    }

    /** The first pending range of each partition of one data center. */
    public SortedMap<TopicPartitionId, OffsetRange> nextPendingOf(String dataCenter) {
        SortedMap<TopicPartitionId, OffsetRange> first = new TreeMap<>();
        pending.stream()
                .filter(range -> range.partition().dataCenter().equals(dataCenter))
                .forEach(range -> first.putIfAbsent(range.partition(), range));
        return first;
    }

    public Optional<TopicIdentity> identityOf(TopicPartitionId partition) {
        return Optional.ofNullable(identities.get(TopicName.of(partition)));
    }
}
