package io.tributary.lab.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;

/**
 * One record as its producer sends it.
 *
 * @param value empty for a tombstone
 * @param timestamp of the record itself; empty for the moment of sending
 */
public record HostileRecord(
        Optional<byte[]> key, Optional<byte[]> value, OptionalLong timestamp, List<Header> headers, Codec codec) {

    public HostileRecord {
        headers = List.copyOf(headers);
    }

    /** How a producer compresses its batches. */
    public enum Codec {
        NONE,
        GZIP,
        SNAPPY,
        LZ4,
        ZSTD;

        /** As Kafka's option {@code compression.type} names it. */
        String option() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
