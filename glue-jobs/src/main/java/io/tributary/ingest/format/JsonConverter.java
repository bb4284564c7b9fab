package io.tributary.ingest.format;

import java.io.IOException;

/** Converts values that are written by one schema to JSON in UTF-8. It may be used by several threads. */
@FunctionalInterface
interface JsonConverter {

    int MAX_JSON_BYTES = 32 << 20;

    /** Longer JSON is not made of a value of so many bytes: a short value can say a long one. */
    static int maxBytes(int length) {
        return (int) Math.min(MAX_JSON_BYTES, (64L << 10) + 64L * length);
    }

    /**
     * @param from where the value begins, behind the header of a registry
     * @throws IOException if the bytes are not what the schema says; the message holds nothing of them
     */
    byte[] convert(byte[] value, int from) throws IOException;
}
