package io.tributary.columns;

import java.util.List;
import java.util.Set;

/** The names of all columns that Tributary itself gives to its tables. */
public final class Columns {

    public static final String EVENT_ID = "event_id";
    public static final String EVENT_TIME = "event_time";
    public static final String EVENT_TYPE = "event_type";
    public static final String DATA_CENTER = "data_center";
    public static final String PAYLOAD = "payload";

    /**
     * The UTC date of {@link #EVENT_TIME}. It partitions the merged table, where it is null only in the row of the
     * merge watermark.
     */
    public static final String EVENT_DATE = "event_date";

    /** The name, in the data-centers file, of the data center whose Kafka delivered this copy of the record. */
    public static final String KAFKA_CLUSTER = "kafka_cluster";

    public static final String KAFKA_TOPIC = "kafka_topic";
    public static final String KAFKA_PARTITION = "kafka_partition";
    public static final String KAFKA_OFFSET = "kafka_offset";
    public static final String KAFKA_TIMESTAMP = "kafka_timestamp";

    /** The topic and cluster that the offset belongs to. A recreated topic is another one. */
    public static final String KAFKA_TOPIC_ID = "kafka_topic_id";

    /**
     * When the batch was written ({@code committed_at} of the commit metadata), in whole milliseconds, strictly
     * increasing from batch to batch.
     */
    public static final String ARRIVED_AT = "arrived_at";

    /** True if no earlier copy of the event can exist, so the row may be visible before it is merged. */
    public static final String ON_TIME = "on_time";

    public static final String ARRIVAL_DATE = "arrival_date";
    public static final String ARRIVAL_HOUR = "arrival_hour";

    /** The beginning of a rollup's time bucket. */
    public static final String BUCKET_START = "bucket_start";

    public static final String REASON = "reason";
    public static final String DETAIL = "detail";
    public static final String RAW = "raw";
    public static final String KAFKA_KEY = "kafka_key";
    public static final String KAFKA_HEADERS = "kafka_headers";

    /**
     * The coordinates of a record. Cluster, topic, partition and offset are unique within one topic id, which is null
     * in rows of earlier versions.
     */
    public static final List<String> COORDINATES =
            List.of(KAFKA_CLUSTER, KAFKA_TOPIC, KAFKA_PARTITION, KAFKA_OFFSET, KAFKA_TOPIC_ID);

    /** The names that a typed column of the configuration may not have. */
    public static final Set<String> RESERVED = Set.of(
            EVENT_ID,
            EVENT_TIME,
            EVENT_TYPE,
            DATA_CENTER,
            PAYLOAD,
            EVENT_DATE,
            KAFKA_CLUSTER,
            KAFKA_TOPIC,
            KAFKA_PARTITION,
            KAFKA_OFFSET,
            KAFKA_TIMESTAMP,
            KAFKA_TOPIC_ID,
            ARRIVED_AT,
            ON_TIME,
            ARRIVAL_DATE,
            ARRIVAL_HOUR);

    private Columns() {}
}
