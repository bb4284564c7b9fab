package io.tributary.config;

import io.tributary.cli.Suggestions;
import io.tributary.columns.Columns;
import io.tributary.config.ColumnType.Kind;
import io.tributary.config.yaml.Quoted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns of an event that a rollup can group by or measure, with their types. */
public final class RollupColumns {

    private static final Set<Kind> NUMBERS = Set.of(Kind.INT, Kind.LONG, Kind.DOUBLE, Kind.DECIMAL);

    private final Map<String, ColumnType> groups = new LinkedHashMap<>();
    private final Map<String, ColumnType> measured = new LinkedHashMap<>();

    public RollupColumns(List<ColumnConfig> typed) {
        groups.put(Columns.EVENT_TYPE, plain(Kind.STRING));
        groups.put(Columns.DATA_CENTER, plain(Kind.STRING));
        typed.stream()
                .filter(column -> !column.type().kind().isNested())
                .forEach(column -> groups.put(column.name(), column.type()));
        measured.putAll(groups);
        measured.put(Columns.EVENT_ID, plain(Kind.STRING));
        measured.put(Columns.EVENT_TIME, plain(Kind.TIMESTAMP));
        measured.put(Columns.ARRIVED_AT, plain(Kind.TIMESTAMP));
    }

    /** The type of a column that a rollup of this configuration names. */
    public ColumnType type(String column) {
        return measured.get(require(column, measured));
    }

    /** @throws IllegalArgumentException if the configuration has no such column */
    void require(RollupConfig rollup) {
        rollup.groupBy().forEach(this::requireGroup);
        rollup.measures()
                .forEach(measure -> measure.column().ifPresent(column -> requireMeasured(measure.type(), column)));
    }

    String requireGroup(String column) {
        return require(column, groups);
    }

    String requireMeasured(String column) {
        return require(column, measured);
    }

    String requireMeasured(MeasureType measure, String column) {
        Kind kind = type(column).kind();
        if (measure == MeasureType.SUM && !NUMBERS.contains(kind)) {
            throw new IllegalArgumentException(Quoted.of(column) + " is a " + type(column)
                    + ", and only int, long, double and decimal can be summed; choose another column or measure");
        }
        return column;
    }

    private static String require(String column, Map<String, ColumnType> known) {
        if (!known.containsKey(column)) {
            throw new IllegalArgumentException(
                    Quoted.of(column) + " is not a column for this; " + Suggestions.remedy(column, known.keySet()));
        }
        return column;
    }

    private static ColumnType plain(Kind kind) {
        return new ColumnType(kind, 0, 0);
    }
}
