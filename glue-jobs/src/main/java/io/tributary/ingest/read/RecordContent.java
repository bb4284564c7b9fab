package io.tributary.ingest.read;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** What a record holds: value, key and headers. Each is null if the record has none. */
public final class RecordContent {

    /** A longer key, and headers that are longer together, are taken as absent. */
    static final int MAX_BYTES_OUTSIDE_VALUE = 1 << 20;

    private static final int BYTES_A_HEADER = 16;

    static final RecordContent NONE = new RecordContent(null, null, null);

    private final byte[] value;
    private final byte[] key;
    private final String headers;

    /** @param headers as {@link RecordHeaders} writes them */
    public RecordContent(byte[] value, byte[] key, String headers) {
        this.value = value;
        this.key = key;
        this.headers = headers;
    }

    public static RecordContent of(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        return new RecordContent(
                record.value(),
                key == null || key.length > MAX_BYTES_OUTSIDE_VALUE ? null : key,
                isShort(record.headers()) ? RecordHeaders.json(record.headers()) : null);
    }

    /** What a record takes of the memory, about: also headers without content take some. */
    static long bytes(ConsumerRecord<byte[], byte[]> record) {
        return bytes(record.headers()) + length(record.key()) + length(record.value());
    }

    private static boolean isShort(Headers headers) {
        return bytes(headers) <= MAX_BYTES_OUTSIDE_VALUE;
    }

    private static long bytes(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += BYTES_A_HEADER + header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** A record of which only the value is known. */
    public static RecordContent ofValue(byte[] value) {
        return new RecordContent(value, null, null);
    }

    public byte[] value() {
        return value;
    }

    public byte[] key() {
        return key;
    }

    public String headers() {
        return headers;
    }
}
