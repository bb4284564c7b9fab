package io.tributary.ingest.format;

import io.tributary.config.RecordFormat;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A format of values. */
@FunctionalInterface
public interface ValueFormat {

    /**
     * A value as JSON.
     *
     * @param value not empty
     * @param dataCenter that delivered it, whose registry knows its schema
     * @throws RegistryUnavailableException if the registry does not say what the schema is
     */
    Converted convert(byte[] value, String dataCenter);

    /** @throws UnusableFormatException if the format has a schema of its own that cannot be used */
    static ValueFormat of(RecordFormat format) {
        return of(format, KnownSchemas.OF_PROCESS);
    }

    static ValueFormat of(RecordFormat format, KnownSchemas schemas) {
        if (format.kind() == RecordFormat.Kind.JSON) {
            return (value, dataCenter) -> new Converted.Json(value);
        }
        if (format.needsRegistry()) {
            return (value, dataCenter) -> bySchemaOfRegistry(value, dataCenter, format.kind(), schemas);
        }
        try {
            JsonConverter converter = converter(format);
            return (value, dataCenter) -> converted(converter, value, 0, "event.schema");
        } catch (UnusableSchemaException e) {
            throw new UnusableFormatException("event.schema cannot be used: " + e.getMessage(), e);
        }
    }

    private static JsonConverter converter(RecordFormat format) throws UnusableSchemaException {
        return format.kind() == RecordFormat.Kind.AVRO
                ? AvroConverter.of(format.schema(), List.of())
                : new ProtobufConverter(
                        ProtobufSchemas.parse(format.schema(), Map.of()),
                        Optional.ofNullable(format.message()),
                        ProtobufConverter.MessageIndex.NONE);
    }

    private static Converted bySchemaOfRegistry(
            byte[] value, String dataCenter, RecordFormat.Kind kind, KnownSchemas schemas) {
        Optional<SchemaHeader> found = SchemaHeader.of(value, schemas.typeOf(dataCenter));
        if (found.isEmpty()) {
            return new Converted.Unreadable(
                    Converted.Why.MISSING_SCHEMA_ID,
                    "the record does not begin with the header of a schema registry; if its producers write none, give"
                            + " event.schema, or the format that they write");
        }
        SchemaHeader header = found.get();
        String name = "schema " + header.id();
        FoundSchema schema = schemas.find(dataCenter, header.id()).as(kind, header.id());
        if (schema instanceof FoundSchema.Useless useless) {
            return new Converted.Unreadable(useless.why(), useless.detail());
        }
        JsonConverter converter = ((FoundSchema.Usable) schema).converter();
        try {
            return header.isCompressed()
                    ? converted(converter, header.decompressed(value), 0, name)
                    : converted(converter, value, header.length(), name);
        } catch (IOException e) {
            return new Converted.Unreadable(Converted.Why.NOT_OF_SCHEMA, e.getMessage());
        }
    }

    private static Converted converted(JsonConverter converter, byte[] value, int from, String schema) {
        try {
            return new Converted.Json(converter.convert(value, from));
        } catch (IOException e) {
            return new Converted.Unreadable(
                    Converted.Why.NOT_OF_SCHEMA, "the bytes are not a value of " + schema + ": " + e.getMessage());
        }
    }
}
