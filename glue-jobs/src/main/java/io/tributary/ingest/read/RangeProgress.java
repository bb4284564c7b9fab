package io.tributary.ingest.read;

import io.tributary.offsets.TopicIdentity;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.unsafe.types.UTF8String;

/** How far one range has been read. */
final class RangeProgress {

    private final RangeReadTask range;
    private final TopicPartition partition;
    private final UTF8String dataCenter;
    private final UTF8String topic;
    private final UTF8String topicIdentity;
    private final Optional<String> cluster;
    private long position;
    private long read;
    private int leaderEpoch;
    private boolean closed;
    private String error;

    RangeProgress(RangeReadTask range) {
        this.range = range;
        this.partition = new TopicPartition(range.kafkaTopic(), range.partition());
        this.dataCenter = UTF8String.fromString(range.dataCenter());
        this.topic = UTF8String.fromString(range.topic());
        this.topicIdentity = UTF8String.fromString(range.topicIdentity());
        this.cluster = Optional.ofNullable(range.topicIdentity())
                .map(identity -> TopicIdentity.parse(identity).clusterId())
                .filter(id -> !id.equals(TopicIdentity.UNTOLD));
        this.position = range.from();
        this.leaderEpoch = range.leaderEpoch();
        this.closed = !range.hasRecords();
        this.error = range.error();
    }

    UTF8String dataCenter() {
        return dataCenter;
    }

    UTF8String topic() {
        return topic;
    }

    UTF8String topicIdentity() {
        return topicIdentity;
    }

    /** The cluster that the range was planned for; empty if it is not known. */
    Optional<String> cluster() {
        return cluster;
    }

    RangeReadTask range() {
        return range;
    }

    TopicPartition partition() {
        return partition;
    }

    /** The next offset, never beyond the range's end. */
    long position() {
        return position;
    }

    long read() {
        return read;
    }

    int leaderEpoch() {
        return leaderEpoch;
    }

    String error() {
        return error;
    }

    boolean isOpen() {
        return !closed;
    }

    boolean isUntouched() {
        return position == range.from();
    }

    /** The part of the range that was not read. */
    boolean isCut() {
        return range.kind() == RangeOutcome.READ && position < range.until();
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        read++;
        leaderEpoch = record.leaderEpoch().orElse(leaderEpoch);
        advance(record.offset() + 1);
    }

    /** Takes a record of a file; the next one begins there. */
    void take(long next) {
        read++;
        advance(next);
    }

    /** Counts an unreadable record as read, since it goes to quarantine. */
    void skip() {
        read++;
        advance(position + 1);
    }

    /** Skips offsets without a record: they were compacted away, or are transaction markers. */
    void advance(long next) {
        position = Math.max(position, Math.min(next, range.until()));
        closed |= position >= range.until();
    }

    /** Ends the range before a record that was taken; a later batch reads it again, and what follows. */
    void closeBefore(long offset, long taken, String why) {
        position = offset;
        read -= taken;
        close(why);
    }

    /** Ends the range; a later batch reads the rest. */
    void close(String why) {
        closed = true;
        error = why;
    }
}
