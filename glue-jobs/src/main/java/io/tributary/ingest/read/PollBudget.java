package io.tributary.ingest.read;

import java.util.Optional;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Bounds the bytes of one poll. Kafka's own bounds count compressed bytes, and a batch of a few kilobytes may hold a
 * gigabyte of records. The client calls the deserializers record by record. If one fails, it returns the records before
 * it and calls the deserializers for that record again in the next poll. So a record that no longer fits is refused.
 * The first record of a poll always fits.
 */
final class PollBudget {

    static final long MAX_POLL_BYTES = 8L << 20;

    /** What decoding and writing one record may have to hold several times. */
    static final int MAX_RECORD_BYTES = 32 << 20;

    /** Stands for a value of more than {@link #MAX_RECORD_BYTES}. */
    private static final byte[] TOO_LARGE = new byte[0];

    private long taken;
    /** What the key and the headers of a record take whose value is not known yet. */
    private long begun;

    private volatile String cluster;

    /** Whether a value was replaced because it is too large. */
    static boolean isTooLarge(byte[] value) {
        return value == TOO_LARGE;
    }

    /** The id of the cluster that the client has reached, which the client tells its deserializers alone. */
    Optional<String> cluster() {
        return Optional.ofNullable(cluster);
    }

    /** Called before each poll. */
    void begin() {
        taken = 0;
        begun = 0;
    }

    /** Yields null for a key of more than {@link RecordContent#MAX_BYTES_OUTSIDE_VALUE}. */
    Deserializer<byte[]> keys() {
        return new Keys();
    }

    private final class Keys implements Deserializer<byte[]>, ClusterResourceListener {

        @Override
        public byte[] deserialize(String topic, byte[] key) {
            return begin(key, key.length);
        }

        @Override
        public byte[] deserialize(String topic, Headers headers, byte[] key) {
            return begin(key, key.length + bytes(headers));
        }

        private byte[] begin(byte[] key, long size) {
            taken += begun; // The record before had no value.
            begun = 0;
            requireFits(size);
            begun = size;
            return key.length > RecordContent.MAX_BYTES_OUTSIDE_VALUE ? null : key;
        }

        @Override
        public void onUpdate(ClusterResource found) {
            cluster = found.clusterId();
        }
    }

    Deserializer<byte[]> values() {
        return new Deserializer<>() {
            @Override
            public byte[] deserialize(String topic, byte[] value) {
                return take(begun, value);
            }

            @Override
            public byte[] deserialize(String topic, Headers headers, byte[] value) {
                return take(Math.max(begun, bytes(headers)), value);
            }

            private byte[] take(long before, byte[] value) {
                requireFits(before + value.length);
                taken += before + value.length;
                begun = 0;
                return value.length > MAX_RECORD_BYTES ? TOO_LARGE : value;
            }
        };
    }

    /** Reads them, since a header that nobody reads keeps the bytes of its whole record. */
    private static long bytes(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            byte[] value = header.value();
            bytes += header.key().length() + (value == null ? 0 : value.length);
        }
        return bytes;
    }

    private void requireFits(long size) {
        if (taken > 0 && taken + size > MAX_POLL_BYTES) {
            throw new SerializationException("the poll is full; the next one begins with this record");
        }
    }
}
