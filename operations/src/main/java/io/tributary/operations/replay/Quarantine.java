package io.tributary.operations.replay;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import io.tributary.columns.Columns;
import io.tributary.ingest.read.QuarantinedRecord;
import io.tributary.lake.log.DeltaTables;
import io.tributary.schema.Lake;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The rejected records of a lake for Spark, as they are at one version of their table. */
public final class Quarantine {

    private static final String TIMESTAMP_MICROS = "timestamp_micros";

    private static final StructType LATER_COLUMNS = new StructType()
            .add(Columns.KAFKA_KEY, DataTypes.BinaryType)
            .add(Columns.KAFKA_HEADERS, DataTypes.StringType);

    private final Dataset<Row> rows;

    /** At the version of the table that the files are of. */
    public Quarantine(SparkSession spark, Lake lake, QuarantineFiles files) {
        Dataset<Row> found = DeltaTables.at(spark, lake.quarantine(), files.version());
        List<String> there = List.of(found.columns());
        // A table that an earlier version made has them once the streaming job has started.
        for (StructField later : LATER_COLUMNS.fields()) {
            if (!there.contains(later.name())) {
                found = found.withColumn(later.name(), lit(null).cast(later.dataType()));
            }
        }
        this.rows = found;
    }

    Dataset<Row> rows(QuarantineFilter filter) {
        return rows.where(filter.column());
    }

    /** All of the records of one data center, in the order of their arrival; read one after another. */
    Iterator<QuarantinedRecord> records(QuarantineFilter filter, String dataCenter) {
        Iterator<Row> found = rows(filter)
                .withColumn(TIMESTAMP_MICROS, unix_micros(col(Columns.KAFKA_TIMESTAMP)))
                .where(col(Columns.KAFKA_CLUSTER).equalTo(dataCenter))
                .orderBy(Columns.ARRIVED_AT, Columns.KAFKA_TOPIC, Columns.KAFKA_PARTITION, Columns.KAFKA_OFFSET)
                .toLocalIterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return found.hasNext();
            }

            @Override
            public QuarantinedRecord next() {
                return record(found.next());
            }
        };
    }

    private static QuarantinedRecord record(Row row) {
        byte[] raw = row.getAs(Columns.RAW);
        byte[] key = row.getAs(Columns.KAFKA_KEY);
        return new QuarantinedRecord(
                row.getAs(Columns.KAFKA_TOPIC),
                row.<Integer>getAs(Columns.KAFKA_PARTITION),
                row.<Long>getAs(Columns.KAFKA_OFFSET),
                row.getAs(TIMESTAMP_MICROS),
                row.getAs(Columns.KAFKA_TOPIC_ID),
                raw == null ? null : ByteBuffer.wrap(raw),
                key == null ? null : ByteBuffer.wrap(key),
                row.getAs(Columns.KAFKA_HEADERS));
    }
}
