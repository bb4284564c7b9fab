package io.tributary.ingest.format.registry;

import io.tributary.config.RecordFormat;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A schema as a registry keeps it.
 *
 * @param kind of values that it describes; null if it is none that Tributary reads
 * @param references texts of the schemas that it refers to, by the name by which it does; each after those that it refers
 *     to itself
 */
public record SchemaText(RecordFormat.Kind kind, String text, Map<String, String> references) {

    /** The kind that registries call so; null if it is none that Tributary reads. */
    static RecordFormat.Kind kind(String type) {
        return switch (String.valueOf(type)) {
            case "AVRO" -> RecordFormat.Kind.AVRO;
            case "PROTOBUF" -> RecordFormat.Kind.PROTOBUF;
            case "JSON" -> RecordFormat.Kind.JSON_SCHEMA;
            default -> null;
        };
    }

    public SchemaText {
        references = Collections.unmodifiableMap(new LinkedHashMap<>(references));
    }
}
