package io.tributary.account;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one batch does to the {@link Frontier}.
 *
 * @param identities which topics its offsets belong to; a successor of the identity known so far begins the topic anew
 * @param begun partitions that are met for the first time, or anew, with the offsets that they begin at
 * @param read the ranges that it read
 * @param deferred the ranges that it was to read and did not; they wait
 * @param lost the ranges that Kafka no longer had and an operator gave up
 * @param expired the ranges that retention took before anything of their partition was read
 * @param truncated offsets that were read and that the log has no more, though it did not expire them: from the log's
 *     end to the position
 * @param epochs leader epoch of the last record read of each partition, where the brokers tell it
 */
public record Progress(
        SortedMap<TopicName, TopicIdentity> identities,
        Positions begun,
        SortedSet<OffsetRange> read,
        SortedSet<OffsetRange> deferred,
        SortedSet<OffsetRange> lost,
        SortedSet<OffsetRange> expired,
        SortedSet<OffsetRange> truncated,
        SortedMap<PartitionId, Integer> epochs) {

    public static final Progress NONE = new Progress(
            new TreeMap<>(),
            Positions.EMPTY,
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeMap<>());

    public Progress {
        identities = Collections.unmodifiableSortedMap(new TreeMap<>(identities));
        read = Collections.unmodifiableSortedSet(new TreeSet<>(read));
        deferred = Collections.unmodifiableSortedSet(new TreeSet<>(deferred));
        lost = Collections.unmodifiableSortedSet(new TreeSet<>(lost));
        expired = Collections.unmodifiableSortedSet(new TreeSet<>(expired));
        truncated = Collections.unmodifiableSortedSet(new TreeSet<>(truncated));
        epochs = Collections.unmodifiableSortedMap(new TreeMap<>(epochs));
    }

    /**
     * Takes apart what a batch carried.
     *
     * @param ranges one without offsets tells where a partition begins
     */
    public Progress withRanges(SortedMap<PartitionId, Range> ranges) {
        SortedMap<PartitionId, Long> begins = new TreeMap<>();
        SortedSet<OffsetRange> reads = new TreeSet<>();
        SortedMap<PartitionId, Integer> leaders = new TreeMap<>();
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
        return new Progress(identities, new Positions(begins), reads, deferred, lost, expired, truncated, leaders);
    }

    public Progress withIdentities(SortedMap<TopicName, TopicIdentity> all) {
        return new Progress(all, begun, read, deferred, lost, expired, truncated, epochs);
    }

    public Progress withBegun(Positions all) {
        return new Progress(identities, all, read, deferred, lost, expired, truncated, epochs);
    }

    public Progress withRead(Collection<OffsetRange> all) {
        return new Progress(identities, begun, new TreeSet<>(all), deferred, lost, expired, truncated, epochs);
    }

    public Progress withDeferred(Collection<OffsetRange> all) {
        return new Progress(identities, begun, read, new TreeSet<>(all), lost, expired, truncated, epochs);
    }

    public Progress withLost(Collection<OffsetRange> all) {
        return new Progress(identities, begun, read, deferred, new TreeSet<>(all), expired, truncated, epochs);
    }

    public Progress withExpired(Collection<OffsetRange> all) {
        return new Progress(identities, begun, read, deferred, lost, new TreeSet<>(all), truncated, epochs);
    }

    public Progress withTruncated(Collection<OffsetRange> all) {
        return new Progress(identities, begun, read, deferred, lost, expired, new TreeSet<>(all), epochs);
    }
}
