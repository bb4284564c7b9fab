package io.tributary.operations.columns;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.tributary.columns.Columns;
import io.tributary.config.ColumnConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.schema.EventSchema;
import io.tributary.schema.Lake;
import io.tributary.schema.TypeChange;
import io.tributary.values.ColumnReaders;
import io.tributary.values.PayloadColumns.Reading;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Reads columns from the stored payloads of the last day, and changes nothing. */
public final class ColumnTrial {

    private static final StructType COUNTS = new StructType()
            .add("column", DataTypes.IntegerType)
            .add("filled", DataTypes.LongType)
            .add("unfit", DataTypes.LongType)
            .add("absent", DataTypes.LongType)
            .add("example", DataTypes.StringType);

    private final SparkSession spark;
    private final Lake lake;

    public ColumnTrial(SparkSession spark, Lake lake) {
        this.spark = spark;
        this.lake = lake;
    }

    /**
     * @throws InvalidInputException if the merged table has no event of today or before, or one of the columns in another
     *     type
     */
    public ColumnOutcomes of(FillableColumns wanted, LocalDate today, int limit) {
        Dataset<Row> merged = spark.read().format("delta").load(lake.merged());
        requireTypes(wanted.columns(), merged.schema());
        Row newest = merged.where(col(Columns.EVENT_DATE).leq(lit(today)))
                .agg(max(Columns.EVENT_DATE))
                .head();
        if (newest.isNullAt(0)) {
            throw new InvalidInputException(lake.names().merged()
                    + " has no event yet, so there is nothing to read a column from. Wait for the first merge.");
        }
        LocalDate date = newest.getLocalDate(0);
        List<Row> parts = merged.where(col(Columns.EVENT_DATE).equalTo(lit(date)))
                .select(Columns.PAYLOAD, Columns.KAFKA_CLUSTER, Columns.KAFKA_TOPIC)
                .limit(limit)
                .mapPartitions(new Count(wanted.readers()), Encoders.row(COUNTS))
                .collectAsList();
        List<ColumnOutcomes.Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < wanted.columns().size(); i++) {
            ColumnOutcomes.Outcome sum =
                    ColumnOutcomes.Outcome.none(wanted.columns().get(i).name());
            for (Row part : parts) {
                if (part.getInt(0) == i) {
                    sum = sum.plus(part.getLong(1), part.getLong(2), part.getLong(3), part.getString(4));
                }
            }
            outcomes.add(sum);
        }
        return new ColumnOutcomes(date, outcomes);
    }

    private void requireTypes(List<ColumnConfig> columns, StructType present) {
        StructType wanted = EventSchema.event(columns);
        for (ColumnConfig column : columns) {
            StructField field = wanted.apply(column.name());
            Optional<StructField> found = Optional.of(present)
                    .filter(schema -> schema.getFieldIndex(column.name()).isDefined())
                    .map(schema -> schema.apply(column.name()));
            if (found.filter(there -> !there.dataType().equals(field.dataType()))
                    .isPresent()) {
                throw new InvalidInputException(
                        new TypeChange(column.name(), found.get().dataType(), field.dataType())
                                .refusal(lake.names().merged()));
            }
        }
    }

    private static final class Count implements MapPartitionsFunction<Row, Row> {

        private static final long serialVersionUID = 1L;

        private final ColumnReaders readers;

        Count(ColumnReaders readers) {
            this.readers = readers;
        }

        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            int columns = readers.columns().size();
            long[] filled = new long[columns];
            long[] unfit = new long[columns];
            long[] absent = new long[columns];
            String[] examples = new String[columns];
            while (rows.hasNext()) {
                Row row = rows.next();
                List<Reading> readings =
                        readers.of(row.getString(1), row.getString(2)).read(row.getString(0));
                for (int i = 0; i < columns; i++) {
                    if (readings.get(i) instanceof Reading.Unfit found) {
                        unfit[i]++;
                        examples[i] = examples[i] == null ? found.found() : examples[i];
                    } else if (readings.get(i) instanceof Reading.Fits) {
                        filled[i]++;
                    } else {
                        absent[i]++;
                    }
                }
            }
            List<Row> counts = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                counts.add(RowFactory.create(i, filled[i], unfit[i], absent[i], examples[i]));
            }
            return counts.iterator();
        }
    }
}
