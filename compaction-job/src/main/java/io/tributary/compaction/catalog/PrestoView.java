package io.tributary.compaction.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A view's definition as Trino and Athena store it in the catalog: base64 of JSON in a comment. */
final class PrestoView {

    /** Athena's name for the catalog, which is part of a view. */
    private static final String CATALOG = "awsdatacatalog";

    private PrestoView() {}

    /**
     * @param sql table names in it are resolved in {@code database}
     * @param columns the columns that the SQL returns, in order
     */
    static String text(String sql, String database, List<StructField> columns) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("originalSql", sql);
        view.put("catalog", CATALOG);
        view.put("schema", database);
        columns.forEach(column ->
                view.withArray("columns").addObject().put("name", column.name()).put("type", type(column.dataType())));
        byte[] json = view.toString().getBytes(StandardCharsets.UTF_8);
        return "/* Presto View: " + Base64.getEncoder().encodeToString(json) + " */";
    }

    /** The type that the engines see in a Delta table; they read timestamps in milliseconds. */
    private static String type(DataType type) {
        if (type instanceof ArrayType array) {
            return "array(" + type(array.elementType()) + ")";
        }
        if (type instanceof MapType map) {
            return "map(" + type(map.keyType()) + "," + type(map.valueType()) + ")";
        }
        if (type instanceof StructType struct) {
            return Arrays.stream(struct.fields())
                    .map(field -> "\"" + field.name() + "\" " + type(field.dataType()))
                    .collect(Collectors.joining(",", "row(", ")"));
        }
        String hive = type.catalogString();
        return switch (hive) {
            case "string" -> "varchar";
            case "int" -> "integer";
            case "binary" -> "varbinary";
            case "timestamp" -> "timestamp(3) with time zone";
            case "boolean", "bigint", "double", "date" -> hive;
            default -> {
                if (hive.startsWith("decimal(")) {
                    yield hive;
                }
                throw new IllegalArgumentException("no column of a view has the type " + hive);
            }
        };
    }
}
