package io.tributary.ingest.format;

/** What became of the bytes of a value. */
public sealed interface Converted {

    /** The value as JSON in UTF-8. Whether it is well-formed is for the reader of JSON to say, if the format is JSON. */
    final class Json implements Converted {

        private final byte[] bytes;

        Json(byte[] bytes) {
            this.bytes = bytes;
        }

        public byte[] bytes() {
            return bytes;
        }
    }

    /**
     * The value cannot be read.
     *
     * @param detail holds nothing of the value
     */
    record Unreadable(Why why, String detail) implements Converted {}

    /** Why a value cannot be read. */
    enum Why {
        /** It does not begin with the header of a schema registry. */
        MISSING_SCHEMA_ID,
        /** The registry does not have its schema. */
        UNKNOWN_SCHEMA,
        /** Its schema cannot be parsed, or is one of another format. */
        UNUSABLE_SCHEMA,
        /** The bytes are not what their schema says. */
        NOT_OF_SCHEMA
    }
}
