package io.tributary.operations.replay;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;

import io.tributary.columns.Columns;
import io.tributary.error.InvalidInputException;
import io.tributary.ingest.read.QuarantinedRecord;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.log.DeltaTables;
import io.tributary.schema.Lake;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The rejected records of a lake, as they are at one version of their table. */
public final class Quarantine {

    private static final String TIMESTAMP_MICROS = "timestamp_micros";

    private final Dataset<Row> rows;

    /**
     * Records of one data center that were rejected for one reason.
     *
     * @param example where the first of them is, and why it was rejected
     */
    public record Group(String dataCenter, String reason, long records, Instant first, Instant last, String example) {}

    /** One record, as people look at it. */
    public record Rejected(
            String dataCenter, Instant arrivedAt, String reason, String detail, QuarantinedRecord record) {

        /** Topic, partition and offset. */
        public String place() {
            return record.topic() + "-" + record.partition() + " offset " + record.offset();
        }
    }

    /** @throws InvalidInputException if there is no quarantine table */
    public Quarantine(SparkSession spark, Lake lake, Configuration hadoop) {
        long version = new CommitLog(lake.quarantine(), hadoop).newestVersion();
        if (version < 0) {
            throw new InvalidInputException("There is no table " + lake.quarantine() + ". Name the lake with --lake.");
        }
        this.rows = DeltaTables.at(spark, lake.quarantine(), version);
    }

    Dataset<Row> rows(QuarantineFilter filter) {
        return rows.where(filter.column());
    }

    /** How many were rejected why, by data center; the largest group first. */
    public List<Group> groups(QuarantineFilter filter) {
        return rows(filter)
                .groupBy(Columns.KAFKA_CLUSTER, Columns.REASON)
                .agg(
                        count(lit(1)).as("records"),
                        min(Columns.ARRIVED_AT).as("first"),
                        max(Columns.ARRIVED_AT).as("last"),
                        min_by(
                                        struct(
                                                col(Columns.KAFKA_TOPIC),
                                                col(Columns.KAFKA_PARTITION),
                                                col(Columns.KAFKA_OFFSET),
                                                col(Columns.DETAIL)),
                                        struct(col(Columns.ARRIVED_AT), col(Columns.KAFKA_OFFSET)))
                                .as("example"))
                .orderBy(col("records").desc(), col(Columns.KAFKA_CLUSTER), col(Columns.REASON))
                .collectAsList()
                .stream()
                .map(row -> {
                    Row example = row.getStruct(5);
                    return new Group(
                            row.getString(0),
                            row.getString(1),
                            row.getLong(2),
                            row.getInstant(3),
                            row.getInstant(4),
                            example.getString(0) + "-" + example.getInt(1) + " offset " + example.getLong(2) + ": "
                                    + example.getString(3));
                })
                .toList();
    }

    /** The newest of the records. */
    public List<Rejected> newest(QuarantineFilter filter, int limit) {
        return kept(rows(filter)
                        .orderBy(
                                col(Columns.ARRIVED_AT).desc(),
                                col(Columns.KAFKA_TOPIC),
                                col(Columns.KAFKA_PARTITION),
                                col(Columns.KAFKA_OFFSET).desc())
                        .limit(limit))
                .collectAsList()
                .stream()
                .map(Quarantine::rejected)
                .toList();
    }

    /** All of the records of one data center, in the order of their arrival; read one after another. */
    Iterator<QuarantinedRecord> records(QuarantineFilter filter, String dataCenter) {
        Iterator<Row> found = kept(rows(filter)
                        .where(col(Columns.KAFKA_CLUSTER).equalTo(dataCenter))
                        .orderBy(
                                Columns.ARRIVED_AT, Columns.KAFKA_TOPIC, Columns.KAFKA_PARTITION, Columns.KAFKA_OFFSET))
                .toLocalIterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return found.hasNext();
            }

            @Override
            public QuarantinedRecord next() {
                return rejected(found.next()).record();
            }
        };
    }

    private static Dataset<Row> kept(Dataset<Row> rows) {
        return rows.withColumn(TIMESTAMP_MICROS, unix_micros(col(Columns.KAFKA_TIMESTAMP)));
    }

    private static Rejected rejected(Row row) {
        byte[] raw = row.getAs(Columns.RAW);
        return new Rejected(
                row.getAs(Columns.KAFKA_CLUSTER),
                row.<Instant>getAs(Columns.ARRIVED_AT),
                row.getAs(Columns.REASON),
                row.getAs(Columns.DETAIL),
                new QuarantinedRecord(
                        row.getAs(Columns.KAFKA_TOPIC),
                        row.<Integer>getAs(Columns.KAFKA_PARTITION),
                        row.<Long>getAs(Columns.KAFKA_OFFSET),
                        row.getAs(TIMESTAMP_MICROS),
                        row.getAs(Columns.KAFKA_TOPIC_ID),
                        raw == null ? null : ByteBuffer.wrap(raw)));
    }
}
