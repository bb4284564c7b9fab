package io.tributary.ingest.format;

import io.tributary.config.RecordFormat;
import io.tributary.config.RegistryConfig;
import io.tributary.ingest.format.registry.SchemaText;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a registry has for an id: how to read the values, or why they cannot be read. */
sealed interface FoundSchema {

    /** @param kind of the schema */
    record Usable(RecordFormat.Kind kind, JsonConverter converter) implements FoundSchema {}

    record Useless(Converted.Why why, String detail) implements FoundSchema {}

    /** @param id for messages */
    static FoundSchema of(Optional<SchemaText> schema, String id, RegistryConfig.Type registry) {
        if (schema.isEmpty()) {
            return new Useless(
                    Converted.Why.UNKNOWN_SCHEMA,
                    "the registry has no schema " + id + "; if the records are of another registry, correct registry of"
                            + " the data center");
        }
        SchemaText text = schema.get();
        try {
            return text.kind() == null
                    ? new Useless(Converted.Why.UNUSABLE_SCHEMA, "schema " + id + " is of a kind that is not read")
                    : new Usable(text.kind(), converter(text, registry));
        } catch (UnusableSchemaException | RuntimeException | StackOverflowError e) {
            return new Useless(Converted.Why.UNUSABLE_SCHEMA, "schema " + id + " cannot be used: " + e.getMessage());
        }
    }

    private static JsonConverter converter(SchemaText schema, RegistryConfig.Type registry)
            throws UnusableSchemaException {
        return switch (schema.kind()) {
            case AVRO -> AvroConverter.of(schema.text(), schema.references().values());
            case PROTOBUF ->
                new ProtobufConverter(
                        ProtobufSchemas.parse(schema.text(), schema.references()),
                        Optional.empty(),
                        registry == RegistryConfig.Type.GLUE
                                ? ProtobufConverter.MessageIndex.SORTED
                                : ProtobufConverter.MessageIndex.PATH);
            case JSON, JSON_SCHEMA -> (value, from) -> Arrays.copyOfRange(value, from, value.length);
        };
    }

    /** How to read values that are to be of this kind. */
    default FoundSchema as(RecordFormat.Kind wanted, String id) {
        return this instanceof Usable usable && usable.kind() != wanted
                ? new Useless(
                        Converted.Why.UNUSABLE_SCHEMA,
                        "schema " + id + " is one of " + usable.kind().name().toLowerCase(Locale.ROOT)
                                + ", and event.format says " + wanted.name().toLowerCase(Locale.ROOT))
                : this;
    }
}
