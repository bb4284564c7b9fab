package io.tributary.config;

import io.tributary.columns.Columns;
import io.tributary.config.yaml.Quoted;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A typed column in addition to the payload.
 *
 * @param from where its value is in the record, by the rule of {@link Places}
 * @param timeFormats of a timestamp, tried in this order; none: those of the event's time, then the default
 */
public record ColumnConfig(String name, ColumnType type, String from, List<TimeFormat> timeFormats)
        implements Serializable {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,126}");

    /** A column without formats of its own. */
    public ColumnConfig(String name, ColumnType type, String from) {
        this(name, type, from, List.of());
    }

    public ColumnConfig {
        requireName(name);
        Places.require(from);
        timeFormats = List.copyOf(timeFormats);
        if (!timeFormats.isEmpty() && !type.holds(ColumnType.Kind.TIMESTAMP)) {
            throw new IllegalArgumentException("time_format says how a timestamp is written, and " + name
                    + " is none; remove it, or write type: timestamp");
        }
    }

    /** Whether its values are timestamps, or hold some. */
    public boolean holdsTimestamps() {
        return type.holds(ColumnType.Kind.TIMESTAMP);
    }

    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(Quoted.of(name)
                    + " is not a column name; write lower-case letters, digits and _, starting with a letter, at most"
                    + " 127 characters");
        }
        if (Columns.RESERVED.contains(name)) {
            throw new IllegalArgumentException(
                    Quoted.of(name) + " is a column that every event has; choose another name");
        }
        return name;
    }
}
