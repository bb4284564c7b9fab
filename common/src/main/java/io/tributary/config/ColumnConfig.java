package io.tributary.config;

import io.tributary.columns.Columns;
import io.tributary.config.yaml.Quoted;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * A typed column in addition to the payload.
 *
 * @param from the JSON pointer (RFC 6901) to its value in the record
 */
public record ColumnConfig(String name, ColumnType type, String from) implements Serializable {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,126}");

    public ColumnConfig {
        requireName(name);
        JsonPointers.require(from);
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
