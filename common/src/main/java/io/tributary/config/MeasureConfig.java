package io.tributary.config;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * One measure of a rollup.
 *
 * @param name of its column in the rollup's table
 * @param column of the event that it measures; absent: events are counted
 */
public record MeasureConfig(String name, MeasureType type, Optional<String> column) implements Serializable {

    private static final String SKETCH = "_sketch";

    public MeasureConfig {
        ColumnConfig.requireName(name);
        if (column.isEmpty() && type != MeasureType.COUNT) {
            throw new IllegalArgumentException(type + " needs a column; only a count can do without");
        }
    }

    /** The column with the sketch of an approximate measure. */
    public String sketch() {
        return name + SKETCH;
    }

    /** All its columns in the rollup's table. */
    public List<String> columns() {
        return type == MeasureType.APPROX_DISTINCT ? List.of(name, sketch()) : List.of(name);
    }

    /** The measure in short form, for example {@code total: sum(amount)}. */
    @Override
    public String toString() {
        return name + ": " + type + "(" + column.orElse("*") + ")";
    }
}
