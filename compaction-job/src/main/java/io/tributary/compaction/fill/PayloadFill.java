package io.tributary.compaction.fill;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.tributary.columns.Columns;
import io.tributary.config.ColumnConfig;
import io.tributary.schema.EventSchema;
import io.tributary.values.ColumnReaders;
import io.tributary.values.PayloadColumns.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Gives typed columns of events the values that their payloads hold. Everything else of a row stays as it is. */
final class PayloadFill {

    private static final String FILLED = "filled_from_payload";

    private final ColumnReaders readers;

    PayloadFill(ColumnReaders readers) {
        this.readers = readers;
    }

    /** The same rows, in the same columns. */
    Dataset<Row> apply(Dataset<Row> rows) {
        List<ColumnConfig> columns = readers.columns();
        Set<String> names = columns.stream().map(ColumnConfig::name).collect(Collectors.toSet());
        StructType whole = EventSchema.event(columns);
        StructType filled = new StructType(Arrays.stream(whole.fields())
                .filter(field -> names.contains(field.name()))
                .toArray(StructField[]::new));
        Column values = udf(new Read(readers), filled)
                .apply(col(Columns.PAYLOAD), col(Columns.KAFKA_CLUSTER), col(Columns.KAFKA_TOPIC));
        List<Column> selected = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            Column value = names.contains(field.name()) ? col(FILLED).getField(field.name()) : col(field.name());
            selected.add(value.as(field.name(), field.metadata()));
        }
        return rows.select(functions.col("*"), values.as(FILLED)).select(selected.toArray(Column[]::new));
    }

    private static final class Read implements UDF3<String, String, String, Row> {

        private static final long serialVersionUID = 1L;

        private final ColumnReaders readers;

        Read(ColumnReaders readers) {
            this.readers = readers;
        }

        @Override
        public Row call(String payload, String dataCenter, String topic) {
            return RowFactory.create(readers.of(dataCenter, topic).read(payload).stream()
                    .map(reading -> reading instanceof Reading.Fits fits ? fits.value() : null)
                    .toArray());
        }
    }
}
