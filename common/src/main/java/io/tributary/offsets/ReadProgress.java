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
 * What is read and what is not: everything below the positions is read, except for the ranges that were deferred and
 * wait to be handed out again. Whatever a batch carries must begin at a position or at the beginning of such a range.
 * However the same offsets came to wait, the read progress is the same: ranges that touch are one.
 *
 * @param pending ranges below the positions that no batch has carried yet
 * @param identities which topics the offsets belong to; of a topic that is not in here it is not known
 * @param epochs leader epoch of the last record read of each partition, where the brokers told it
 * @param unread partitions that have begun and of which no batch has read anything yet
 * @param truncated offsets that were read and that their log had no more, though they had not expired: the topic stands
 *     still until an operator begins it anew
 */
public record ReadProgress(
        PartitionOffsets positions,
        SortedSet<OffsetRange> pending,
        SortedMap<TopicName, TopicIdentity> identities,
        SortedMap<TopicPartitionId, Integer> epochs,
        SortedSet<TopicPartitionId> unread,
        SortedSet<OffsetRange> truncated) {

    public static final ReadProgress EMPTY = new ReadProgress(PartitionOffsets.EMPTY, new TreeSet<>());

    /** A read progress of which no more is known than the offsets. */
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

    /** Where a batch does not continue what is read. */
    public static final class BrokenException extends RuntimeException {
        BrokenException(List<String> breaks) {
            super(String.join("; ", breaks));
        }
    }

    /**
     * The read progress after a batch.
     *
     * @throws BrokenException naming every range that begins elsewhere than where the reading stands, and every topic
     *     that is another one than the topic read so far and was not begun anew
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
     * The read progress after a batch of which no more is known than the offsets.
     *
     * @param newPartitions partitions that are met for the first time, with the offsets that they begin at
     * @param consumed the ranges that it read
     * @param deferred the ranges that it was to read and did not
     */
    public ReadProgress advance(
            PartitionOffsets newPartitions, Collection<OffsetRange> consumed, Collection<OffsetRange> deferred) {
        return after(BatchProgress.NONE
                .withNewPartitions(newPartitions)
                .withRead(consumed)
                .withDeferred(deferred));
    }

    /** Whether a range is waiting, in whole or as the beginning of what waits. */
    public boolean isPending(OffsetRange range) {
        return pendingFor(range).isPresent();
    }

    /** The waiting range that begins where the given one does and holds all of it. */
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

    /** The waiting ranges of one partition, in order. */
    public List<OffsetRange> pendingOf(TopicPartitionId partition) {
        return pending.stream()
                .filter(range -> range.partition().equals(partition))
                .toList();
    }

    /** The first waiting range of each partition of one data center. */
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
