package io.tributary.compaction.publish;

import io.tributary.event.Columns;
import io.tributary.table.TableDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The entries of one lake.
 *
 * @param database the catalogue's
 * @param lake the lake's root, as the engines name it
 */
record Entries(String database, String lake) {

    /** A Delta table: where its log lies, and its columns, without which Athena takes no view over it. */
    Entry table(TableDefinition table, StructType schema) {
        return new Entry(
                table.name(),
                Entry.Type.EXTERNAL_TABLE,
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
                Storage.delta(uri(table.path())),
                Optional.empty());
    }

    /**
     * A view, without a description: Trino takes an entry for a view by the comment, and Glue's description for the
     * comment.
     *
     * @param sql gives the text for the columns, as the engines quote them
     */
    Entry view(String name, List<StructField> columns, Function<List<String>, String> sql) {
        List<String> names =
                columns.stream().map(column -> quoted(column.name())).toList();
        return new Entry(
                name,
                Entry.Type.VIRTUAL_VIEW,
                "",
                columns(columns),
                List.of(),
                parameters("presto_view", "true", "comment", "Presto View"),
                Storage.NONE,
                Optional.of(PrestoView.text(sql.apply(names), database, columns)));
    }

    /** The merged table by its manifests, which engines read that know Parquet alone. */
    Entry manifests(String name, TableDefinition merged, StructType schema) {
        return new Entry(
                name,
                Entry.Type.EXTERNAL_TABLE,
                merged.comment() + ", by manifests",
                columns(withoutDate(schema)),
                columns(List.of(schema.apply(Columns.EVENT_DATE))),
                parameters("EXTERNAL", "TRUE", "classification", "parquet"),
                Storage.manifests(manifestsOf(merged)),
                Optional.empty());
    }

    /** One date of the manifest table. */
    EntryPartition manifest(String date, TableDefinition merged, StructType schema, Map<String, String> parameters) {
        return new EntryPartition(
                date,
                columns(withoutDate(schema)),
                Storage.manifests(manifestsOf(merged) + "/" + Columns.EVENT_DATE + "=" + date),
                parameters);
    }

    /** @param root the lake's, as the jobs name it */
    static Entries of(String database, String root) {
        return new Entries(database, uri(root));
    }

    static String quoted(String name) {
        return '"' + name + '"';
    }

    private static List<StructField> withoutDate(StructType schema) {
        return Arrays.stream(schema.fields())
                .filter(field -> !field.name().equals(Columns.EVENT_DATE))
                .toList();
    }

    private static List<EntryColumn> columns(List<StructField> fields) {
        return fields.stream().map(EntryColumn::of).toList();
    }

    private static String manifestsOf(TableDefinition merged) {
        return uri(merged.path()) + "/_symlink_format_manifest";
    }

    /** The scheme that Athena knows; {@code s3a} is Hadoop's name for it. */
    private static String uri(String path) {
        return path.replaceFirst("^s3a:", "s3:");
    }

    private Map<String, String> parameters(String... namesAndValues) {
        Map<String, String> parameters = new TreeMap<>(Map.of(Entry.LAKE, lake));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return parameters;
    }
}
