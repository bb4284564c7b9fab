package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The type of a typed column.
 *
 * @param precision digits in all, for a decimal; 0 for every other kind
 * @param scale digits after the point, for a decimal; 0 for every other kind
 * @param fields those of a struct; what an array or a map holds, as one field {@value #ITEM}; else none
 */
public record ColumnType(Kind kind, int precision, int scale, List<Field> fields) implements Serializable {

    /** The kind of a value. A decimal also has precision and scale. */
    public enum Kind {
        STRING,
        BOOLEAN,
        INT,
        LONG,
        DOUBLE,
        DECIMAL,
        TIMESTAMP,
        DATE,
        ARRAY,
        /** Its keys are strings. */
        MAP,
        STRUCT;

        public boolean isNested() {
            return this == ARRAY || this == MAP || this == STRUCT;
        }
    }

    /** A field of a struct, or what an array or a map holds. */
    public record Field(String name, ColumnType type) implements Serializable {}

    static final String ITEM = "item";

    private static final int MAX_DIGITS = 38;

    /** A type that holds no others. */
    public ColumnType(Kind kind, int precision, int scale) {
        this(kind, precision, scale, List.of());
    }

    public ColumnType {
        fields = List.copyOf(fields);
        if (kind.isNested() == fields.isEmpty()) {
            throw new IllegalArgumentException("an array, a map and a struct hold other types, and no other kind does");
        }
        if (kind == Kind.DECIMAL) {
            String type = "decimal(" + precision + "," + scale + ")";
            if (precision < 1 || precision > MAX_DIGITS) {
                throw new IllegalArgumentException(
                        Quoted.of(type) + " has a precision outside 1 to 38; write for example decimal(18,4)");
            }
            if (scale < 0 || scale > precision) {
                throw new IllegalArgumentException(
                        Quoted.of(type) + " has a scale outside 0 to its precision; write for example decimal(18,4)");
            }
        } else if (precision != 0 || scale != 0) {
            throw new IllegalArgumentException("only a decimal has a precision and a scale, not a " + kind);
        }
    }

    /** Reads a type as the configuration writes it, for example {@code long} or {@code array<struct<sku:string>>}. */
    public static ColumnType parse(String text) {
        return new ColumnTypeParser(text).parse();
    }

    /** What an array or a map holds. */
    public ColumnType item() {
        return fields.get(0).type();
    }

    /** Whether it is of this kind, or holds something that is. */
    public boolean holds(Kind wanted) {
        return kind == wanted || fields.stream().anyMatch(field -> field.type().holds(wanted));
    }

    /** The type as the configuration writes it. */
    @Override
    public String toString() {
        return switch (kind) {
            case DECIMAL -> "decimal(" + precision + "," + scale + ")";
            case ARRAY -> "array<" + item() + ">";
            case MAP -> "map<string," + item() + ">";
            case STRUCT ->
                fields.stream()
                        .map(field -> field.name() + ":" + field.type())
                        .collect(Collectors.joining(",", "struct<", ">"));
            default -> kind.name().toLowerCase(Locale.ROOT);
        };
    }
}
