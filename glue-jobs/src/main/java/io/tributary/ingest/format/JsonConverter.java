package io.tributary.ingest.format;

import java.io.IOException;

/** Converts values that are written by one schema to JSON in UTF-8. It may be used by several threads. */
@FunctionalInterface
interface JsonConverter {

    /** Longer JSON is not made: a short value can say a long one. */
    int MAX_JSON_BYTES = 32 << 20;

    /**
     * @param from where the value begins, behind the header of a registry
     * @throws IOException if the bytes are not what the schema says; the message holds nothing of them
     */
    byte[] convert(byte[] value, int from) throws IOException;
}
