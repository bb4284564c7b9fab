package io.tributary.lake.parquet;

import io.tributary.error.OperatorActionException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Reads chosen columns of one Parquet file. */
public final class ParquetRows {

    private ParquetRows() {}

    /**
     * Gives each row, in the order of the file.
     *
     * @param columns that are read; others count as null
     * @throws OperatorActionException if the file is gone or cannot be read
     */
    public static void forEach(Path file, Configuration hadoop, Set<String> columns, Consumer<ParquetRow> consumer) {
        try (ParquetReader<Group> reader = ParquetReader.builder(new Projection(columns), file)
                .withConf(hadoop)
                .build()) {
            for (Group group = reader.read(); group != null; group = reader.read()) {
                consumer.accept(new ParquetRow(group));
            }
        } catch (IOException e) {
            throw new OperatorActionException(
                    "The file " + file + " cannot be read: " + e.getMessage()
                            + ". Check that the lake is reachable, and that its files may be read and are whole.",
                    e);
        }
    }

    /** Of the columns that are wanted those that the file has. */
    private static final class Projection extends GroupReadSupport {

        private final Set<String> columns;

        Projection(Set<String> columns) {
            this.columns = Set.copyOf(columns);
        }

        @Override
        public ReadContext init(Configuration hadoop, Map<String, String> metadata, MessageType file) {
            List<Type> wanted = file.getFields().stream()
                    .filter(field -> columns.contains(field.getName()))
                    .toList();
            return new ReadContext(new MessageType(file.getName(), wanted));
        }
    }
}
