package io.tributary.config;

import java.io.Serializable;

/**
 * How the values of records are written.
 *
 * @param schema by which all values are written, without a header before them; null: each begins with the header of a
 *     schema registry, which has its schema. JSON needs neither
 * @param message the full name of the message that a Protobuf schema of this configuration means; null: its first
 */
public record RecordFormat(Kind kind, String schema, String message) implements Serializable {

    public static final RecordFormat JSON = new RecordFormat(Kind.JSON, null, null);

    /** What the bytes of a value are. */
    public enum Kind {
        JSON,
        AVRO,
        PROTOBUF,
        /** JSON behind the header of a schema registry. */
        JSON_SCHEMA
    }

    public RecordFormat {
        if (schema != null && kind != Kind.AVRO && kind != Kind.PROTOBUF) {
            throw new IllegalArgumentException("is read by format: avro and by format: protobuf alone; correct the"
                    + " format, or remove the schema");
        }
        if (message != null && (schema == null || kind != Kind.PROTOBUF)) {
            throw new IllegalArgumentException("names a message of a Protobuf schema that stands beside it; add the"
                    + " schema, or remove the message");
        }
    }

    /** Whether a schema registry has to be asked for the schemas. */
    public boolean needsRegistry() {
        return kind != Kind.JSON && schema == null;
    }
}
