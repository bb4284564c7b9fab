package io.tributary.ingest.read;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The timestamp of a record, which producers set as they like. */
public final class KafkaTimestamp {

    /** Kafka accepts any number as a timestamp, such as nanoseconds. A value beyond this bound is not a time. */
    private static final long MAX_PLAUSIBLE_MILLIS =
            Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

    private KafkaTimestamp() {}

    /** Null if the record has none, or one that is no time. */
    public static Instant of(ConsumerRecord<byte[], byte[]> record) {
        return record.timestamp() < 0 || record.timestamp() >= MAX_PLAUSIBLE_MILLIS
                ? null
                : Instant.ofEpochMilli(record.timestamp());
    }
}
