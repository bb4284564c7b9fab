package io.tributary.lake.replay;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.TopicPartitionId;
import java.util.Optional;

/**
 * One part of a request.
 *
 * @param offsets what is to be read: offsets of Kafka, or positions in bytes in a file; the topic is a
 *     {@code ReplayTopic}
 * @param records how many there are, as far as that is known
 * @param file URI of the file; empty if the records are in Kafka
 * @param length of the file as it is stored, in bytes; 0 if the records are in Kafka
 * @param identity of the topic in Kafka, as text; empty if the records are in a file
 */
public record ReplayInput(
        OffsetRange offsets, Optional<Long> records, Optional<String> file, long length, Optional<String> identity) {

    /** Records of a file. */
    public static ReplayInput ofFile(OffsetRange positions, Optional<Long> records, String file, long length) {
        return new ReplayInput(positions, records, Optional.of(file), length, Optional.empty());
    }

    /** Offsets of a topic in Kafka. */
    public static ReplayInput ofKafka(OffsetRange offsets, String identity) {
        return new ReplayInput(offsets, Optional.empty(), Optional.empty(), 0, Optional.of(identity));
    }

    public TopicPartitionId partition() {
        return offsets.partition();
    }
}
