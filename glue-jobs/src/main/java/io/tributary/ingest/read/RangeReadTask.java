package io.tributary.ingest.read;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicPartitionId;
import java.io.Serializable;
import java.util.Optional;

/**
 * What a task does with one offset range of one partition.
 *
 * @param until exclusive
 * @param leaderEpoch of the record before {@code from}, by which the client detects a truncated log; -1 if it is
 *     unknown
 * @param error why the range is not read; null if it is read, or if the cause is not known
 * @param topicIdentity a {@link TopicIdentity} as text, which every row carries; null if it is unknown
 */
public record RangeReadTask(
        RangeOutcome kind,
        String dataCenter,
        String topic,
        int partition,
        long from,
        long until,
        int leaderEpoch,
        String error,
        String topicIdentity)
        implements Serializable {

    public static final int UNKNOWN_EPOCH = -1;

    public static RangeReadTask of(OffsetRange range, int leaderEpoch) {
        return new RangeReadTask(
                RangeOutcome.READ,
                range.partition().dataCenter(),
                range.partition().topic(),
                range.partition().partition(),
                range.from(),
                range.until(),
                leaderEpoch,
                null,
                null);
    }

    /** A range that the batch does not read; the commit metadata records it. */
    public static RangeReadTask without(OffsetRange range, RangeOutcome kind) {
        return without(range, kind, null);
    }

    /** @param error why it is not read; null if the operator or the log decided so */
    public static RangeReadTask without(OffsetRange range, RangeOutcome kind, String error) {
        return new RangeReadTask(
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

    /** The first position of a new partition. It has no records yet, but the commit metadata says where it begins. */
    public static RangeReadTask firstPosition(TopicPartitionId id, long position) {
        return new RangeReadTask(
                RangeOutcome.READ,
                id.dataCenter(),
                id.topic(),
                id.partition(),
                position,
                position,
                UNKNOWN_EPOCH,
                null,
                null);
    }

    /** The same, for a topic with this identity. */
    public RangeReadTask of(Optional<TopicIdentity> identity) {
        return new RangeReadTask(
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

    /** The offsets; empty for a first position. */
    public OffsetRange offsets() {
        return new OffsetRange(id(), from, until);
    }

    public TopicPartitionId id() {
        return new TopicPartitionId(dataCenter, topic, partition);
    }

    /** Whether its records are in a file, not in Kafka. */
    public boolean isOfFile() {
        return ReplayTopic.isOfFile(topic);
    }

    /** The topic in Kafka. */
    public String kafkaTopic() {
        return ReplayTopic.kafkaTopic(topic);
    }

    public boolean hasRecords() {
        return kind == RangeOutcome.READ && from < until;
    }

    long records() {
        return hasRecords() ? until - from : 0;
    }
}
