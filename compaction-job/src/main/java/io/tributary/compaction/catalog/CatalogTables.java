package io.tributary.compaction.catalog;

import io.tributary.columns.Columns;
import io.tributary.schema.TableDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The catalog entries of one lake.
 *
 * @param database the catalog's
 * @param lake the lake's root, as the engines write it
 */
record CatalogTables(String database, String lake) {

    /** A Delta table: the location of its log, and its columns, without which Athena accepts no view over it. */
    CatalogTable table(TableDefinition table, StructType schema) {
        return new CatalogTable(
                table.name(),
                CatalogTable.Type.EXTERNAL_TABLE,
                table.comment(),
                columns(List.of(schema.fields())),
                List.of(),
                parameters(
                        "EXTERNAL",
                        "TRUE",
                        "classification",
                        "delta",
                        "table_type",
                        "delta",
                        "spark.sql.sources.provider",
                        "delta"),
                TableStorage.delta(uri(table.path())),
                Optional.empty());
    }

    /**
     * A view, without a description. Trino recognizes a view by the entry's comment, and would read Glue's description
     * as that comment.
     *
     * @param sql gives the text for the columns, as the engines quote them
     */
    CatalogTable view(String name, List<StructField> columns, Function<List<String>, String> sql) {
        List<String> names =
                columns.stream().map(column -> quoted(column.name())).toList();
        return new CatalogTable(
                name,
                CatalogTable.Type.VIRTUAL_VIEW,
                "",
                columns(columns),
                List.of(),
                parameters("presto_view", "true", "comment", "Presto View"),
                TableStorage.NONE,
                Optional.of(PrestoView.text(sql.apply(names), database, columns)));
    }

    /** The merged table over its manifests, for engines that read Parquet but not Delta. */
    CatalogTable manifests(String name, TableDefinition merged, StructType schema) {
        return new CatalogTable(
                name,
                CatalogTable.Type.EXTERNAL_TABLE,
                merged.comment() + ", by manifests",
                columns(withoutDate(schema)),
                columns(List.of(schema.apply(Columns.EVENT_DATE))),
                parameters("EXTERNAL", "TRUE", "classification", "parquet"),
                TableStorage.manifests(manifestsOf(merged)),
                Optional.empty());
    }

    /** One date of the manifest table. */
    CatalogPartition manifest(String date, TableDefinition merged, StructType schema, Map<String, String> parameters) {
        return new CatalogPartition(
                date,
                columns(withoutDate(schema)),
                TableStorage.manifests(manifestsOf(merged) + "/" + Columns.EVENT_DATE + "=" + date),
                parameters);
    }

    /** @param root of the lake, as the jobs write it */
    static CatalogTables of(String database, String root) {
        return new CatalogTables(database, uri(root));
    }

    static String quoted(String name) {
        return '"' + name + '"';
    }

    private static List<StructField> withoutDate(StructType schema) {
        return Arrays.stream(schema.fields())
                .filter(field -> !field.name().equals(Columns.EVENT_DATE))
                .toList();
    }

    private static List<CatalogColumn> columns(List<StructField> fields) {
        return fields.stream().map(CatalogColumn::of).toList();
    }

    private static String manifestsOf(TableDefinition merged) {
        return uri(merged.path()) + "/_symlink_format_manifest";
    }

    /** The scheme that Athena accepts; {@code s3a} is Hadoop's name for it. */
    private static String uri(String path) {
        return path.replaceFirst("^s3a:", "s3:");
    }

    private Map<String, String> parameters(String... namesAndValues) {
        Map<String, String> parameters = new TreeMap<>(Map.of(CatalogTable.LAKE, lake));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return parameters;
    }
}
