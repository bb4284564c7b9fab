package io.tributary.offsets;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How one batch changes the {@link ReadProgress}.
 *
 * @param identities which topics its offsets belong to; a successor of the known identity restarts the topic
 * @param newPartitions partitions that begin, for the first time or after a restart, with the offsets at which they
 *     begin
 * @param read the ranges that it read
 * @param deferred the ranges that it deferred; they become pending
 * @param lost the ranges that Kafka no longer had and an operator accepted to skip
 * @param expired the ranges that retention deleted before anything of their partition was read
 * @param truncated offsets that were read and that the log lost, although they had not expired: from the log's end to
 *     the position
 * @param epochs leader epoch of the last record read of each partition, where the brokers reported it
 */
public record BatchProgress(
        SortedMap<TopicName, TopicIdentity> identities,
        PartitionOffsets newPartitions,
        SortedSet<OffsetRange> read,
        SortedSet<OffsetRange> deferred,
        SortedSet<OffsetRange> lost,
        SortedSet<OffsetRange> expired,
        SortedSet<OffsetRange> truncated,
        SortedMap<TopicPartitionId, Integer> epochs) {

    public static final BatchProgress NONE = new BatchProgress(
            new TreeMap<>(),
            PartitionOffsets.EMPTY,
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeMap<>());

    public BatchProgress {
        identities = Collections.unmodifiableSortedMap(new TreeMap<>(identities));
        read = Collections.unmodifiableSortedSet(new TreeSet<>(read));
        deferred = Collections.unmodifiableSortedSet(new TreeSet<>(deferred));
        lost = Collections.unmodifiableSortedSet(new TreeSet<>(lost));
        expired = Collections.unmodifiableSortedSet(new TreeSet<>(expired));
        truncated = Collections.unmodifiableSortedSet(new TreeSet<>(truncated));
        epochs = Collections.unmodifiableSortedMap(new TreeMap<>(epochs));
    }

    /**
     * Sorts a batch's ranges by outcome.
     *
     * @param ranges a range without offsets says where a partition begins
     */
    public BatchProgress withRanges(SortedMap<TopicPartitionId, RangeStats> ranges) {
        SortedMap<TopicPartitionId, Long> begins = new TreeMap<>();
        SortedSet<OffsetRange> reads = new TreeSet<>();
        SortedMap<TopicPartitionId, Integer> leaders = new TreeMap<>();
        ranges.forEach((partition, range) -> {
            if (range.from() == range.until()) {
                begins.put(partition, range.from());
            } else {
                reads.add(new OffsetRange(partition, range.from(), range.until()));
                if (range.leaderEpoch() >= 0) {
                    leaders.put(partition, range.leaderEpoch());
                }
            }
        });
        return new BatchProgress(
                identities, new PartitionOffsets(begins), reads, deferred, lost, expired, truncated, leaders);
    }

    public BatchProgress withIdentities(SortedMap<TopicName, TopicIdentity> all) {
        return new BatchProgress(all, newPartitions, read, deferred, lost, expired, truncated, epochs);
    }

    public BatchProgress withNewPartitions(PartitionOffsets all) {
        return new BatchProgress(identities, all, read, deferred, lost, expired, truncated, epochs);
    }

    public BatchProgress withRead(Collection<OffsetRange> all) {
        return new BatchProgress(
                identities, newPartitions, new TreeSet<>(all), deferred, lost, expired, truncated, epochs);
    }

    public BatchProgress withDeferred(Collection<OffsetRange> all) {
        return new BatchProgress(identities, newPartitions, read, new TreeSet<>(all), lost, expired, truncated, epochs);
    }

    public BatchProgress withLost(Collection<OffsetRange> all) {
        return new BatchProgress(
                identities, newPartitions, read, deferred, new TreeSet<>(all), expired, truncated, epochs);
    }

    public BatchProgress withExpired(Collection<OffsetRange> all) {
        return new BatchProgress(
                identities, newPartitions, read, deferred, lost, new TreeSet<>(all), truncated, epochs);
    }

    public BatchProgress withTruncated(Collection<OffsetRange> all) {
        return new BatchProgress(identities, newPartitions, read, deferred, lost, expired, new TreeSet<>(all), epochs);
    }
}
