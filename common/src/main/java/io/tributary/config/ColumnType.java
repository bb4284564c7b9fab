package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a typed column.
 *
 * @param precision digits in all, for a decimal; 0 for every other kind
 * @param scale digits after the point, for a decimal; 0 for every other kind
 */
public record ColumnType(Kind kind, int precision, int scale) implements Serializable {

    /** The kind of a value. A decimal also has precision and scale. */
    public enum Kind {
        STRING,
        BOOLEAN,
        INT,
        LONG,
        DOUBLE,
        DECIMAL,
        TIMESTAMP,
        DATE
    }

    private static final int MAX_DIGITS = 38;

    private static final Pattern DECIMAL_TYPE =
            Pattern.compile("decimal\\(\\s*(\\d{1,4})\\s*(?:,\\s*(\\d{1,4})\\s*)?\\)");

    public ColumnType {
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

    /** Reads a type as the configuration writes it, for example {@code long} or {@code decimal(18,4)}. */
    public static ColumnType parse(String text) {
        Matcher decimal = DECIMAL_TYPE.matcher(text);
        if (decimal.matches()) {
            int scale = decimal.group(2) == null ? 0 : Integer.parseInt(decimal.group(2));
            return new ColumnType(Kind.DECIMAL, Integer.parseInt(decimal.group(1)), scale);
        }
        return Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.DECIMAL && written(kind).equals(text))
                .findFirst()
                .map(kind -> new ColumnType(kind, 0, 0))
                .orElseThrow(() -> new IllegalArgumentException(Quoted.of(text)
                        + " is not a column type; write string, boolean, int, long, double, timestamp, date or for"
                        + " example decimal(18,4)"));
    }

    /** The type as the configuration writes it. */
    @Override
    public String toString() {
        return kind == Kind.DECIMAL ? "decimal(" + precision + "," + scale + ")" : written(kind);
    }

    private static String written(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
