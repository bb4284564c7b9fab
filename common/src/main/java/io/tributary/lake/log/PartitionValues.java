package io.tributary.lake.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import scala.collection.Iterator;

/**
 * The values of a file's partition, as texts.
 *
 * @param values by column, where null is empty; columns that the log does not name are not there
 */
public record PartitionValues(Map<String, Optional<String>> values) {

    public PartitionValues {
        values = Map.copyOf(values);
    }

    /** @param values as Delta gives them; null if the log has none */
    static PartitionValues of(scala.collection.immutable.Map<String, String> values) {
        Map<String, Optional<String>> copy = new HashMap<>();
        if (values != null) {
            for (Iterator<String> columns = values.keysIterator(); columns.hasNext(); ) {
                String column = columns.next();
                copy.put(column, Optional.ofNullable(values.apply(column)).filter(value -> !value.isEmpty()));
            }
        }
        return new PartitionValues(copy);
    }

    /** Whether the log says which value a column has. */
    public boolean names(String column) {
        return values.containsKey(column);
    }

    /** The value of a column; empty if it is null, or the log does not say. */
    public Optional<String> value(String column) {
        return values.getOrDefault(column, Optional.empty());
    }
}
