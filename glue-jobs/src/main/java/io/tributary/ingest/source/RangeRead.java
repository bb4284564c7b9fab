package io.tributary.ingest.source;

import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.account.TopicIdentity;
import java.io.Serializable;
import java.util.Optional;

/**
 * What a task does with one offset range of one partition.
 *
 * @param until exclusive
 * @param leaderEpoch of the record before {@code from}, by which the client finds a truncated log; -1 if it is unknown
 * @param error why the range is not read; null if it is read, or if no more is known
 * @param topicIdentity a {@link TopicIdentity} as text, which every row carries; null if it is unknown
 */
record RangeRead(
        RangeKind kind,
        String dataCenter,
        String topic,
        int partition,
        long from,
        long until,
        int leaderEpoch,
        String error,
        String topicIdentity)
        implements Serializable {

    static final int UNKNOWN_EPOCH = -1;

    static RangeRead of(OffsetRange range, int leaderEpoch) {
        return new RangeRead(
                RangeKind.READ,
                range.partition().dataCenter(),
                range.partition().topic(),
                range.partition().partition(),
                range.from(),
                range.until(),
                leaderEpoch,
                null,
                null);
    }

    /** A range that the batch goes without; the account says so. */
    static RangeRead without(OffsetRange range, RangeKind kind) {
        return without(range, kind, null);
    }

    /** @param error why the batch goes without it; null if the operator or the log decided so */
    static RangeRead without(OffsetRange range, RangeKind kind, String error) {
        return new RangeRead(
                kind,
                range.partition().dataCenter(),
                range.partition().topic(),
                range.partition().partition(),
                range.from(),
                range.until(),
                UNKNOWN_EPOCH,
                error,
                null);
    }

    /** A partition that is met for the first time: no records yet, but the account says where it begins. */
    static RangeRead firstPosition(PartitionId id, long position) {
        return new RangeRead(
                RangeKind.READ,
                id.dataCenter(),
                id.topic(),
                id.partition(),
                position,
                position,
                UNKNOWN_EPOCH,
                null,
                null);
    }

    /** The same, of the topic with this identity. */
    RangeRead of(Optional<TopicIdentity> identity) {
        return new RangeRead(
                kind,
                dataCenter,
                topic,
                partition,
                from,
                until,
                leaderEpoch,
                error,
                identity.map(TopicIdentity::toString).orElse(null));
    }

    /** The offsets; there are none in a first position. */
    OffsetRange offsets() {
        return new OffsetRange(id(), from, until);
    }

    PartitionId id() {
        return new PartitionId(dataCenter, topic, partition);
    }

    boolean hasRecords() {
        return kind == RangeKind.READ && from < until;
    }

    long records() {
        return hasRecords() ? until - from : 0;
    }
}
