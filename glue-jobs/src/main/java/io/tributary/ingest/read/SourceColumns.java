package io.tributary.ingest.read;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import io.tributary.columns.Columns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that the source yields. There is one row for each record. After the records of a task there are one or
 * two closing rows for each offset range, which say what was read of it and what was not. Because closing rows travel
 * with the records, the commit metadata is derived from the data itself and stays correct however often Spark repeats a
 * task.
 */
public final class SourceColumns {

    /** The record's bytes; null for a record without a value and for a closing row. */
    public static final String VALUE = "value";

    /** When the batch was planned. It is the same for all rows of a batch, also when the batch is repeated. */
    public static final String PLANNED_AT = "planned_at";

    /** In a closing row the {@link RangeOutcome}; null in a record. */
    public static final String RANGE_KIND = "range_kind";

    /** In a closing row the range's end, exclusive ({@code kafka_offset} is its beginning); null in a record. */
    public static final String RANGE_UNTIL = "range_until";

    /** In a closing row the number of records that Kafka returned for the range; null in a record. */
    public static final String RANGE_READ = "range_read";

    /** In a closing row how long the task waited for Kafka; null in a record. */
    public static final String RANGE_MILLIS = "range_millis";

    /** In a closing row the leader epoch of the last record, -1 if it is unknown; null in a record. */
    public static final String RANGE_LEADER_EPOCH = "range_leader_epoch";

    /**
     * In a record why it could not be read. In a closing row why the range was not read to its end. Null if nothing
     * failed, or if only the time was used up.
     */
    public static final String READ_ERROR = "read_error";

    /**
     * In a record that is read by request and keeps its coordinates, the topic, the partition and the position under
     * which this reading is accounted for; null in all others, whose coordinates say it.
     */
    public static final String RANGE_TOPIC = "range_topic";

    public static final String RANGE_PARTITION = "range_partition";
    public static final String RANGE_OFFSET = "range_offset";

    /**
     * In a record how its data center maps records to events, if it does so otherwise than the pipeline file says: {@link
     * io.tributary.config.EventOverrides} as JSON; null if it does not, and in a closing row. It is that of the entry with
     * which the batch was planned, so a repeated batch is decoded as before.
     */
    public static final String EVENT_OVERRIDES = "event_overrides";

    /** In a record its key; null if it has none, and in a closing row. */
    public static final String KEY = "key";

    /** In a record its headers, as {@link RecordHeaders} writes them; null if it has none, and in a closing row. */
    public static final String HEADERS = "headers";

    /** The rows, in this order. */
    public static final StructType SCHEMA = new StructType()
            .add(Columns.KAFKA_CLUSTER, DataTypes.StringType)
            .add(Columns.KAFKA_TOPIC, DataTypes.StringType)
            .add(Columns.KAFKA_PARTITION, DataTypes.IntegerType)
            .add(Columns.KAFKA_OFFSET, DataTypes.LongType)
            .add(Columns.KAFKA_TIMESTAMP, DataTypes.TimestampType)
            .add(VALUE, DataTypes.BinaryType)
            .add(PLANNED_AT, DataTypes.TimestampType)
            .add(RANGE_KIND, DataTypes.StringType)
            .add(RANGE_UNTIL, DataTypes.LongType)
            .add(RANGE_READ, DataTypes.LongType)
            .add(RANGE_MILLIS, DataTypes.LongType)
            .add(RANGE_LEADER_EPOCH, DataTypes.IntegerType)
            .add(READ_ERROR, DataTypes.StringType)
            .add(Columns.KAFKA_TOPIC_ID, DataTypes.StringType)
            .add(RANGE_TOPIC, DataTypes.StringType)
            .add(RANGE_PARTITION, DataTypes.IntegerType)
            .add(RANGE_OFFSET, DataTypes.LongType)
            .add(EVENT_OVERRIDES, DataTypes.StringType)
            .add(KEY, DataTypes.BinaryType)
            .add(HEADERS, DataTypes.StringType);

    private SourceColumns() {}

    /** The topic of the range to which a row belongs. */
    public static Column rangeTopic() {
        return coalesce(col(RANGE_TOPIC), col(Columns.KAFKA_TOPIC));
    }

    /** The partition of the range to which a row belongs. */
    public static Column rangePartition() {
        return coalesce(col(RANGE_PARTITION), col(Columns.KAFKA_PARTITION));
    }

    /** The offset of a row within its range. */
    public static Column rangeOffset() {
        return coalesce(col(RANGE_OFFSET), col(Columns.KAFKA_OFFSET));
    }
}
