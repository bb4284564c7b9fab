package io.tributary.lake.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.parquet.ParquetRow;
import io.tributary.lake.parquet.ParquetRows;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The files of the newest version of a Delta table, from its last checkpoint and the commits since. Unlike
 * {@link TableFiles} it needs no Spark, so that a command can tell in a moment.
 *
 * @param version -1 if there is no table
 */
public record DataFiles(long version, List<DataFile> files) {

    private static final String ADD = "add";
    private static final String REMOVE = "remove";
    private static final String DELETION_VECTOR = "deletionVector";

    public DataFiles {
        files = List.copyOf(files);
    }

    /** A file and the values of its partition. */
    public record DataFile(Path path, PartitionValues partition) {}

    /**
     * Reads the log.
     *
     * @param table the table's root, for example {@code s3://bucket/lake/events_quarantine}
     * @throws OperatorActionException if the log cannot be read, or is in a form that Tributary never writes
     */
    public static DataFiles ofNewest(String table, Configuration hadoop) {
        DeltaLogReader log = new DeltaLogReader(table, hadoop);
        Map<String, DataFile> files = new LinkedHashMap<>();
        Optional<DeltaLogReader.Checkpoint> checkpoint = log.checkpoint();
        long version = -1;
        if (checkpoint.isPresent()) {
            version = checkpoint.get().version();
            for (Path part : log.parts(checkpoint.get())) {
                ParquetRows.forEach(
                        part, hadoop, Set.of(ADD), row -> row.struct(ADD).ifPresent(add -> keep(files, table, add)));
            }
        }
        while (log.read(version + 1, lines -> apply(files, table, lines)).isPresent()) {
            version++;
        }
        if (version < 0 && log.oldestVersion().isPresent()) {
            throw new OperatorActionException("The log of " + table + " has neither its first commit nor a last"
                    + " checkpoint that can be read, so its files cannot be told. Put the files of its _delta_log back"
                    + " from a copy.");
        }
        return new DataFiles(version, new ArrayList<>(files.values()));
    }

    private static void keep(Map<String, DataFile> files, String table, ParquetRow add) {
        String path = add.text("path").orElseThrow();
        requireWhole(table, path, add.struct(DELETION_VECTOR).isEmpty());
        files.put(path, new DataFile(resolved(table, path), values(add.texts("partitionValues"))));
    }

    private static boolean apply(Map<String, DataFile> files, String table, BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Optional<JsonNode> remove = DeltaLogReader.action(line, REMOVE);
            remove.ifPresent(action -> files.remove(action.required("path").asText()));
            Optional<JsonNode> add = DeltaLogReader.action(line, ADD);
            if (add.isPresent()) {
                String path = add.get().required("path").asText();
                requireWhole(table, path, !add.get().hasNonNull(DELETION_VECTOR));
                Map<String, Optional<String>> values = new HashMap<>();
                add.get()
                        .path("partitionValues")
                        .properties()
                        .forEach(value -> values.put(
                                value.getKey(),
                                value.getValue().isNull()
                                        ? Optional.empty()
                                        : Optional.of(value.getValue().asText())));
                files.put(path, new DataFile(resolved(table, path), values(values)));
            }
        }
        return true;
    }

    /** The log writes null also as an empty text. */
    private static PartitionValues values(Map<String, Optional<String>> values) {
        values.replaceAll((column, value) -> value.filter(text -> !text.isEmpty()));
        return new PartitionValues(values);
    }

    /** A URI, escaped, and relative to the table unless the table was cloned. */
    private static Path resolved(String table, String path) {
        Path file = new Path(URI.create(path));
        return file.isAbsolute() ? file : new Path(new Path(table), file);
    }

    private static void requireWhole(String table, String path, boolean isWhole) {
        if (!isWhole) {
            throw new OperatorActionException("The table " + table + " has deletion vectors (file " + path
                    + "), which Tributary never writes. Run REORG TABLE delta.`" + table
                    + "` APPLY (PURGE) with whatever wrote them, and set delta.enableDeletionVectors to false.");
        }
    }
}
