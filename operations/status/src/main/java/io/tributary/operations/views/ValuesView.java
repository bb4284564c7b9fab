package io.tributary.operations.views;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A view whose rows stand in its text.
 *
 * @param columns texts and timestamps
 * @param rows a value for each column, {@code String} or {@code Instant}, or null
 */
public record ValuesView(String name, List<StructField> columns, List<List<Object>> rows) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT);

    public ValuesView {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** The text for Athena and Trino. */
    public String sql() {
        String names = columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
        String casts = columns.stream()
                .map(column -> "CAST(" + quoted(column.name()) + " AS " + type(column.dataType()) + ") AS "
                        + quoted(column.name()))
                .collect(Collectors.joining(", "));
        // There are no VALUES without a row.
        String values = rows.isEmpty()
                ? "(" + columns.stream().map(column -> "NULL").collect(Collectors.joining(", ")) + ")"
                : rows.stream().map(ValuesView::row).collect(Collectors.joining(",\n  "));
        return "SELECT " + casts + "\nFROM (VALUES\n  " + values + "\n) AS t (" + names + ")"
                + (rows.isEmpty() ? "\nWHERE false" : "");
    }

    /** The same rows for Spark. */
    public Dataset<Row> rows(SparkSession spark) {
        List<Row> all =
                rows.stream().map(row -> RowFactory.create(row.toArray())).toList();
        return spark.createDataFrame(all, new StructType(columns.toArray(StructField[]::new)));
    }

    private static String row(List<Object> values) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> literal(values.get(i)))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String literal(Object value) {
        if (value == null) {
            return "NULL";
        }
        return value instanceof Instant time
                ? "TIMESTAMP '" + TIME.format(time.atOffset(ZoneOffset.UTC)) + "'"
                : "'" + value.toString().replace("'", "''") + "'";
    }

    private static String type(DataType type) {
        return type.equals(DataTypes.TimestampType) ? "timestamp(3) with time zone" : "varchar";
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
