package io.tributary.compaction;

import io.tributary.columns.Columns;
import io.tributary.config.ColumnConfig;
import io.tributary.lab.stage.BatchAppender;
import io.tributary.schema.EventSchema;
import io.tributary.schema.Lake;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Stages events of one data center, batch by batch. */
public final class StagedBatches {

    private final SparkSession spark;
    private final BatchAppender appender;
    private final StructType schema;
    private final BiFunction<String, String, Object> typedValue;
    private long offset;
    private Instant committedAt;

    /** @param start {@code arrived_at} of the first batch; each further one arrives a second later */
    public StagedBatches(SparkSession spark, Lake lake, Instant start) {
        this(spark, lake, start, List.of(), (id, column) -> null);
    }

    /** @param typedValue the value of an event, given by its id, in a typed column */
    public StagedBatches(
            SparkSession spark,
            Lake lake,
            Instant start,
            List<ColumnConfig> typed,
            BiFunction<String, String, Object> typedValue) {
        this.spark = spark;
        this.appender = new BatchAppender(lake, "fra");
        this.schema = EventSchema.staging(typed);
        this.typedValue = typedValue;
        this.committedAt = start;
    }

    /** One event as the streaming job would stage it. */
    public record Staged(String id, Instant eventTime, String dataCenter, boolean onTime) {

        public static Staged onTime(String id, Instant eventTime) {
            return new Staged(id, eventTime, "fra", true);
        }

        public static Staged late(String id, Instant eventTime) {
            return new Staged(id, eventTime, "fra", false);
        }
    }

    /** Lets the next batch arrive so much later. */
    public void pause(Duration duration) {
        committedAt = committedAt.plus(duration);
    }

    public void append(Staged... events) {
        List<Row> rows = new ArrayList<>();
        for (Staged event : events) {
            rows.add(row(event));
        }
        appender.append(spark.createDataFrame(rows, schema).coalesce(1), rows.size(), committedAt);
        committedAt = committedAt.plusSeconds(1);
    }

    private Row row(Staged event) {
        Object[] values = new Object[schema.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (schema.fieldNames()[i]) {
                case Columns.EVENT_ID -> event.id();
                case Columns.EVENT_TIME -> Timestamp.from(event.eventTime());
                case Columns.EVENT_TYPE -> "trade";
                case Columns.DATA_CENTER, Columns.KAFKA_CLUSTER -> event.dataCenter();
                case Columns.PAYLOAD -> "{}";
                case Columns.EVENT_DATE ->
                    Date.valueOf(event.eventTime().atOffset(ZoneOffset.UTC).toLocalDate());
                case Columns.KAFKA_TOPIC -> "events";
                case Columns.KAFKA_PARTITION -> 0;
                case Columns.KAFKA_OFFSET -> offset++;
                case Columns.KAFKA_TIMESTAMP, Columns.ARRIVED_AT -> Timestamp.from(committedAt);
                case Columns.KAFKA_TOPIC_ID -> null;
                case Columns.ON_TIME -> event.onTime();
                case Columns.ARRIVAL_DATE ->
                    Date.valueOf(committedAt.atOffset(ZoneOffset.UTC).toLocalDate());
                case Columns.ARRIVAL_HOUR ->
                    committedAt.atOffset(ZoneOffset.UTC).getHour();
                default -> typedValue.apply(event.id(), schema.fieldNames()[i]);
            };
        }
        return RowFactory.create(values);
    }
}
