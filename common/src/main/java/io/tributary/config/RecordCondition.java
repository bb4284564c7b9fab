package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.io.Serializable;

/**
 * A condition on a record: that there is something at a place, or that it is a certain text, number or truth.
 *
 * @param place by the rule of {@link Places}
 * @param text of what must be there; null: anything but null
 */
public record RecordCondition(String place, String text) implements Serializable {

    private static final String IS = " = ";

    /** @throws IllegalArgumentException if the place is none, or looks like a condition that is written otherwise */
    public RecordCondition {
        if (place.contains("=")) {
            throw new IllegalArgumentException(Quoted.of(place)
                    + " is no place; to compare, write a space on both sides of =, as in /op = heartbeat");
        }
        Places.require(place);
    }

    /** Reads {@code /type = heartbeat}, or {@code /heartbeat} alone. */
    static RecordCondition parse(String text) {
        int is = text.indexOf(IS);
        return is < 0
                ? new RecordCondition(text, null)
                : new RecordCondition(text.substring(0, is), text.substring(is + IS.length()));
    }

    @Override
    public String toString() {
        return text == null ? place : place + IS + text;
    }
}
