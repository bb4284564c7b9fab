package io.tributary.ingest.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Makes of an Avro schema what writes its values as JSON.
 *
 * <pre>
 *  decimal                          a number, with all digits of its scale
 *  timestamp-millis|micros|nanos    a text such as 2026-03-01T08:00:00.123Z
 *  local-timestamp-…                the same without Z
 *  date, time-millis|micros, uuid   2026-03-01, 08:00:00.123, the UUID's text
 *  bytes, fixed                     Base64
 *  NaN and the infinite             "NaN", "Infinity", "-Infinity"
 *  enum, union                      the symbol, the value alone
 * </pre>
 */
final class AvroValues {

    private static final int MAX_DEPTH = 500;

    /** What a thousand digits take; to write more takes time by the square of their number. */
    private static final int MAX_DECIMAL_BYTES = 416;

    private static final int MAX_DECIMAL_SCALE = 1000;
    private static final int UUID_BYTES = 16;

    private final IdentityHashMap<Schema, Writer> records = new IdentityHashMap<>();

    /** Writes the next value of the input. */
    @FunctionalInterface
    interface Writer {
        void write(AvroInput in, JsonGenerator out, int depth) throws IOException;
    }

    private static final class RecordWriter implements Writer {
        private String[] names;
        private Writer[] values;

        @Override
        public void write(AvroInput in, JsonGenerator out, int depth) throws IOException {
            requireDepth(depth);
            out.writeStartObject();
            for (int i = 0; i < names.length; i++) {
                out.writeFieldName(names[i]);
                values[i].write(in, out, depth + 1);
            }
            out.writeEndObject();
        }
    }

    Writer writerOf(Schema schema) throws UnusableSchemaException {
        return switch (schema.getType()) {
            case NULL -> (in, out, depth) -> out.writeNull();
            case BOOLEAN -> (in, out, depth) -> out.writeBoolean(in.readBoolean());
            case INT -> ofInt(name(schema));
            case LONG -> ofLong(name(schema));
            case FLOAT ->
                (in, out, depth) -> {
                    float value = in.readFloat();
                    if (Float.isFinite(value)) {
                        out.writeNumber(value);
                    } else {
                        out.writeString(Float.toString(value));
                    }
                };
            case DOUBLE ->
                (in, out, depth) -> {
                    double value = in.readDouble();
                    if (Double.isFinite(value)) {
                        out.writeNumber(value);
                    } else {
                        out.writeString(Double.toString(value));
                    }
                };
            case STRING ->
                (in, out, depth) -> {
                    long length = in.readLong();
                    out.writeUTF8String(in.bytes(), in.skip(length), (int) length);
                };
            case BYTES -> {
                BytesWriter bytes = ofBytes(schema);
                yield (in, out, depth) -> {
                    long length = in.readLong();
                    bytes.write(in.bytes(), in.skip(length), (int) length, out);
                };
            }
            case FIXED -> {
                BytesWriter bytes = ofBytes(schema);
                int size = schema.getFixedSize();
                yield (in, out, depth) -> bytes.write(in.bytes(), in.skip(size), size, out);
            }
            case ENUM -> ofEnum(schema.getEnumSymbols());
            case UNION -> ofUnion(schema.getTypes());
            case ARRAY -> ofArray(writerOf(schema.getElementType()));
            case MAP -> ofMap(writerOf(schema.getValueType()));
            case RECORD -> ofRecord(schema);
        };
    }

    private static String name(Schema schema) {
        String name = schema.getProp(LogicalType.LOGICAL_TYPE_PROP);
        return name == null ? "" : name;
    }

    private Writer ofRecord(Schema schema) throws UnusableSchemaException {
        Writer known = records.get(schema);
        if (known != null) {
            return known;
        }
        RecordWriter writer = new RecordWriter();
        records.put(schema, writer);
        List<Schema.Field> fields = schema.getFields();
        writer.names = fields.stream().map(Schema.Field::name).toArray(String[]::new);
        Writer[] values = new Writer[fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = writerOf(fields.get(i).schema());
        }
        writer.values = values;
        return writer;
    }

    private static Writer ofInt(String logicalType) {
        return switch (logicalType) {
            case "date" ->
                (in, out, depth) ->
                        out.writeString(LocalDate.ofEpochDay(in.readInt()).toString());
            case "time-millis" ->
                (in, out, depth) -> out.writeString(
                        LocalTime.ofNanoOfDay(in.readInt() * 1_000_000L).toString());
            default -> (in, out, depth) -> out.writeNumber(in.readInt());
        };
    }

    private static Writer ofLong(String logicalType) {
        return switch (logicalType) {
            case "time-micros" ->
                (in, out, depth) -> out.writeString(LocalTime.ofNanoOfDay(Math.multiplyExact(in.readLong(), 1_000L))
                        .toString());
            case "timestamp-millis" -> (in, out, depth) -> writeTime(in.readLong(), ChronoUnit.MILLIS, out);
            case "timestamp-micros" -> (in, out, depth) -> writeTime(in.readLong(), ChronoUnit.MICROS, out);
            case "timestamp-nanos" -> (in, out, depth) -> writeTime(in.readLong(), ChronoUnit.NANOS, out);
            case "local-timestamp-millis" -> (in, out, depth) -> writeLocal(in.readLong(), ChronoUnit.MILLIS, out);
            case "local-timestamp-micros" -> (in, out, depth) -> writeLocal(in.readLong(), ChronoUnit.MICROS, out);
            case "local-timestamp-nanos" -> (in, out, depth) -> writeLocal(in.readLong(), ChronoUnit.NANOS, out);
            default -> (in, out, depth) -> out.writeNumber(in.readLong());
        };
    }

    private static void writeTime(long sinceEpoch, ChronoUnit unit, JsonGenerator out) throws IOException {
        out.writeString(Instant.EPOCH.plus(sinceEpoch, unit).toString());
    }

    private static void writeLocal(long sinceEpoch, ChronoUnit unit, JsonGenerator out) throws IOException {
        out.writeString(Instant.EPOCH
                .plus(sinceEpoch, unit)
                .atOffset(ZoneOffset.UTC)
                .toLocalDateTime()
                .toString());
    }

    /** Writes some bytes of an array. */
    @FunctionalInterface
    private interface BytesWriter {
        void write(byte[] bytes, int from, int length, JsonGenerator out) throws IOException;
    }

    private static BytesWriter ofBytes(Schema schema) throws UnusableSchemaException {
        if (LogicalTypes.fromSchemaIgnoreInvalid(schema) instanceof LogicalTypes.Decimal decimal) {
            int scale = decimal.getScale();
            if (scale > MAX_DECIMAL_SCALE) {
                throw new UnusableSchemaException("a decimal of it has a scale beyond " + MAX_DECIMAL_SCALE, null);
            }
            return (bytes, from, length, out) -> {
                if (length == 0 || length > MAX_DECIMAL_BYTES) {
                    throw new IOException("a decimal has " + length + " bytes");
                }
                out.writeNumber(new BigDecimal(new BigInteger(bytes, from, length), scale));
            };
        }
        if (schema.getType() == Schema.Type.FIXED
                && schema.getFixedSize() == UUID_BYTES
                && name(schema).equals("uuid")) {
            return (bytes, from, length, out) -> {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
                out.writeString(new UUID(buffer.getLong(), buffer.getLong()).toString());
            };
        }
        return (bytes, from, length, out) -> out.writeBinary(bytes, from, length);
    }

    private static Writer ofEnum(List<String> symbols) {
        return (in, out, depth) -> {
            int index = in.readInt();
            if (index < 0 || index >= symbols.size()) {
                throw new IOException("an enum has no symbol of number " + index);
            }
            out.writeString(symbols.get(index));
        };
    }

    private Writer ofUnion(List<Schema> types) throws UnusableSchemaException {
        Writer[] branches = new Writer[types.size()];
        for (int i = 0; i < branches.length; i++) {
            branches[i] = writerOf(types.get(i));
        }
        return (in, out, depth) -> {
            int index = in.readInt();
            if (index < 0 || index >= branches.length) {
                throw new IOException("a union has no branch of number " + index);
            }
            branches[index].write(in, out, depth);
        };
    }

    private static Writer ofArray(Writer element) {
        return (in, out, depth) -> {
            requireDepth(depth);
            out.writeStartArray();
            for (long left = blockLength(in); left > 0; left = blockLength(in)) {
                for (; left > 0; left--) {
                    element.write(in, out, depth + 1);
                }
            }
            out.writeEndArray();
        };
    }

    private static Writer ofMap(Writer value) {
        return (in, out, depth) -> {
            requireDepth(depth);
            out.writeStartObject();
            for (long left = blockLength(in); left > 0; left = blockLength(in)) {
                for (; left > 0; left--) {
                    long length = in.readLong();
                    int begin = in.skip(length);
                    out.writeFieldName(new String(in.bytes(), begin, (int) length, StandardCharsets.UTF_8));
                    value.write(in, out, depth + 1);
                }
            }
            out.writeEndObject();
        };
    }

    /** How many items follow; a negative number is followed by their size in bytes. */
    private static long blockLength(AvroInput in) throws IOException {
        long length = in.readLong();
        if (length < 0) {
            in.readLong();
            if (length == Long.MIN_VALUE) {
                throw new IOException("a block has more items than any");
            }
            return -length;
        }
        return length;
    }

    private static void requireDepth(int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("it is nested deeper than " + MAX_DEPTH);
        }
    }
}
