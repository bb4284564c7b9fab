package io.tributary.compaction.fill;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.tributary.columns.Columns;
import io.tributary.schema.EventSchema;
import io.tributary.values.ColumnReaders;
import io.tributary.values.PayloadColumns.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Gives typed columns of events the values that their payloads hold, in the rows that are due. Everything else stays as it is. */
final class PayloadFill {

    private static final String FILLED = "filled_from_payload";

    private final ColumnReaders readers;
    private final Map<String, DueColumn> due = new LinkedHashMap<>();

    /** @param due the columns that the readers read */
    PayloadFill(ColumnReaders readers, List<DueColumn> due) {
        this.readers = readers;
        due.forEach(column -> this.due.put(column.name(), column));
    }

    /** The same rows, in the same columns. */
    Dataset<Row> apply(Dataset<Row> rows) {
        StructType whole = EventSchema.event(readers.columns());
        StructType filled = new StructType(Arrays.stream(whole.fields())
                .filter(field -> due.containsKey(field.name()))
                .toArray(StructField[]::new));
        Column values = udf(new Read(readers), filled)
                .apply(col(Columns.PAYLOAD), col(Columns.KAFKA_CLUSTER), col(Columns.KAFKA_TOPIC));
        Column isAnyDue =
                due.values().stream().map(DueColumn::isDue).reduce(Column::or).orElseThrow();
        List<Column> selected = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            selected.add(value(field.name()).as(field.name(), field.metadata()));
        }
        return rows.select(functions.col("*"), when(isAnyDue, values).as(FILLED))
                .select(selected.toArray(Column[]::new));
    }

    private Column value(String name) {
        DueColumn column = due.get(name);
        return column == null
                ? col(name)
                : when(column.isDue(), col(FILLED).getField(name)).otherwise(col(name));
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
