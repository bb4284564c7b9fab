package io.tributary.values;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.config.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.RowFactory;

/**
 * Reads arrays, maps and structs. All of a value fits, or none of it: a part that does not fit is never a null beside parts
 * that do.
 */
final class NestedReader {

    private record Part(String name, ValueReader reader) {}

    private final ColumnType.Kind kind;
    private final List<Part> parts;

    NestedReader(ColumnType type, TimeReader times) {
        this.kind = type.kind();
        this.parts = type.fields().stream()
                .map(field -> new Part(field.name(), new ValueReader(field.type(), times)))
                .toList();
    }

    /** A list, a map or a row, as Spark expects it; empty if the value, or a part of it, does not fit. */
    Optional<Object> read(JsonNode value) {
        return switch (kind) {
            case ARRAY -> value.isArray() ? array(value) : Optional.empty();
            case MAP -> value.isObject() ? map(value) : Optional.empty();
            default -> value.isObject() ? struct(value) : Optional.empty();
        };
    }

    private Optional<Object> array(JsonNode value) {
        List<Object> items = new ArrayList<>(value.size());
        for (JsonNode item : value) {
            if (!add(items, parts.get(0).reader(), item)) {
                return Optional.empty();
            }
        }
        return Optional.of(items);
    }

    private Optional<Object> map(JsonNode value) {
        Map<String, Object> entries = new LinkedHashMap<>();
        List<Object> items = new ArrayList<>(1);
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            items.clear();
            if (!add(items, parts.get(0).reader(), field.getValue())) {
                return Optional.empty();
            }
            entries.put(SurrogateRepair.of(field.getKey()), items.get(0));
        }
        return Optional.of(entries);
    }

    private Optional<Object> struct(JsonNode value) {
        List<Object> fields = new ArrayList<>(parts.size());
        for (Part part : parts) {
            if (!add(fields, part.reader(), field(value, part.name()))) {
                return Optional.empty();
            }
        }
        return Optional.of(RowFactory.create(fields.toArray()));
    }

    /** The field of that name, or else the first whose name differs in capitals alone. Tables have small letters only. */
    private static JsonNode field(JsonNode object, String name) {
        JsonNode exact = object.get(name);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue();
            }
        }
        return null;
    }

    private static boolean add(List<Object> values, ValueReader reader, JsonNode value) {
        if (value == null || value.isNull()) {
            values.add(null);
            return true;
        }
        Optional<Object> read = reader.read(value);
        values.add(read.map(found -> found instanceof String text ? SurrogateRepair.of(text) : found)
                .orElse(null));
        return read.isPresent();
    }
}
