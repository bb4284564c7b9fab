package io.tributary.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_timestamp;

import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What a Spark engineer would write in an afternoon: Spark's Kafka source, {@code from_json}, and a Delta table. */
final class SparkIngest implements IngestWay {

    /** What keeps repeated records out. */
    enum Deduplication {
        NONE,
        WITHIN_WATERMARK,
        MERGE
    }

    private static final StructType EVENT = new StructType()
            .add("event_id", DataTypes.StringType)
            .add("event_time", DataTypes.StringType)
            .add("event_type", DataTypes.StringType);
    private static final String HDFS_STORE =
            "org.apache.spark.sql.execution.streaming.state.HDFSBackedStateStoreProvider";
    private static final String STORE = "spark.sql.streaming.stateStore.providerClass";

    private final SparkSession spark;
    private final Deduplication deduplication;
    private final Map<String, String> clusters;
    private final String topic;
    private final int recordsABatch;
    private final Path dir;

    /**
     * @param clusters name to {@code host:port}
     * @param recordsABatch that each cluster contributes at most
     * @param dir for table and checkpoint
     */
    SparkIngest(
            SparkSession spark,
            Deduplication deduplication,
            Map<String, String> clusters,
            String topic,
            int recordsABatch,
            Path dir) {
        this.spark = spark.newSession();
        this.deduplication = deduplication;
        this.clusters = new TreeMap<>(clusters);
        this.topic = topic;
        this.recordsABatch = recordsABatch;
        this.dir = dir;
    }

    @Override
    public String name() {
        return switch (deduplication) {
            case NONE -> "parse and append";
            case WITHIN_WATERMARK -> "dropDuplicatesWithinWatermark";
            case MERGE -> "MERGE per batch";
        };
    }

    @Override
    public boolean keepsRepeated() {
        return deduplication == Deduplication.NONE;
    }

    @Override
    public void prepare() {
        spark.conf().set(STORE, HDFS_STORE);
        parsed(spark.createDataFrame(List.of(), kafka().schema()))
                .write()
                .format("delta")
                .partitionBy("arrival_date", "arrival_hour")
                .save(table());
    }

    @Override
    public void run() {
        Dataset<Row> events = parsed(kafka());
        if (deduplication == Deduplication.WITHIN_WATERMARK) {
            events = events.withWatermark("arrived_at", "1 hour")
                    .dropDuplicatesWithinWatermark(new String[] {"event_id"});
        }
        DataStreamWriter<Row> writer = events.writeStream()
                .option("checkpointLocation", dir.resolve("checkpoint").toString())
                .trigger(Trigger.AvailableNow());
        try {
            StreamingQuery query = deduplication == Deduplication.MERGE
                    ? writer.foreachBatch((VoidFunction2<Dataset<Row>, Long>) this::merge)
                            .start()
                    : writer.format("delta").start(table());
            query.awaitTermination();
        } catch (StreamingQueryException | TimeoutException e) {
            throw new IllegalStateException(name() + " failed", e);
        }
    }

    private void merge(Dataset<Row> batch, long id) {
        DeltaTable.forPath(batch.sparkSession(), table())
                .as("there")
                .merge(batch.dropDuplicates("event_id").as("new"), "there.event_id = new.event_id")
                .whenNotMatched()
                .insertAll()
                .execute();
    }

    @Override
    public Dataset<Row> rows() {
        return spark.read().format("delta").load(table());
    }

    private String table() {
        return dir.resolve("events").toString();
    }

    private Dataset<Row> kafka() {
        return clusters.entrySet().stream()
                .map(cluster -> spark.readStream()
                        .format("kafka")
                        .option("kafka.bootstrap.servers", cluster.getValue())
                        .option("subscribe", topic)
                        .option("startingOffsets", "earliest")
                        .option("maxOffsetsPerTrigger", recordsABatch)
                        .load()
                        .withColumn("kafka_cluster", lit(cluster.getKey())))
                .reduce(Dataset::unionByName)
                .orElseThrow();
    }

    /** The columns of our staging table, but for those that only we need. */
    private static Dataset<Row> parsed(Dataset<Row> kafka) {
        Column payload = col("value").cast("string");
        Dataset<Row> decoded = kafka.withColumn("payload", payload)
                .withColumn("event", from_json(col("payload"), EVENT))
                .withColumn("event_time", to_timestamp(col("event.event_time")))
                .withColumn("arrived_at", current_timestamp());
        return decoded.select(
                col("event.event_id").as("event_id"),
                col("event_time"),
                col("event.event_type").as("event_type"),
                col("kafka_cluster").as("data_center"),
                col("payload"),
                to_date(col("event_time")).as("event_date"),
                col("kafka_cluster"),
                col("topic").as("kafka_topic"),
                col("partition").as("kafka_partition"),
                col("offset").as("kafka_offset"),
                col("timestamp").as("kafka_timestamp"),
                col("arrived_at"),
                to_date(col("arrived_at")).as("arrival_date"),
                hour(col("arrived_at")).as("arrival_hour"));
    }
}
