package io.tributary.runtime;

import io.tributary.aws.s3.ConditionalLogStore;
import io.tributary.columns.Columns;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Spark settings that the jobs' results depend on, the same on every runtime. */
public final class SparkSettings {

    private static final List<String> DATETIME_REBASE_MODES = List.of(
            "datetimeRebaseModeInRead", "datetimeRebaseModeInWrite", "int96RebaseModeInRead", "int96RebaseModeInWrite");

    /** Columns whose values hardly ever repeat: a dictionary of them costs time and grows the files. */
    private static final List<String> UNIQUE_COLUMNS =
            List.of(Columns.EVENT_ID, Columns.PAYLOAD, Columns.KAFKA_OFFSET, Columns.RAW);

    private SparkSettings() {}

    /** @param shufflePartitions partitions of every shuffle; fixed for a checkpoint at its first start */
    public static Map<String, String> forJob(int shufflePartitions) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
        settings.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        // Delta's own log store for S3 loses commits when two drivers write. The schemes are set one by one, since a
        // store for all schemes would also apply to file:.
        settings.put("spark.delta.logStore.s3.impl", ConditionalLogStore.class.getName());
        settings.put("spark.delta.logStore.s3a.impl", ConditionalLogStore.class.getName());
        settings.put("spark.sql.session.timeZone", "UTC");
        // Spark 4 would fail where Spark 3 returns null. The jobs recognize an unreadable value by the null.
        settings.put("spark.sql.ansi.enabled", "false");
        // Int96, Spark's default, carries no statistics, so engines could not skip row groups by time.
        settings.put("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
        for (String column : UNIQUE_COLUMNS) {
            settings.put("parquet.enable.dictionary#" + column, "false");
        }
        // Dates and times of all years use the calendar of the other engines. By default Spark 3 would fail on dates
        // before 1582 and times before 1900.
        for (String mode : DATETIME_REBASE_MODES) {
            settings.put("spark.sql.parquet." + mode, "CORRECTED");
        }
        // The java.sql classes use another calendar before 1582, and so would a pushed-down filter.
        settings.put("spark.sql.datetime.java8API.enabled", "true");
        // On a cluster a task may fail because a worker is going away or storage is slow for a moment. A data center
        // that does not deliver in time fails no task, so retries never hold up the others. Local mode makes one
        // attempt.
        settings.put("spark.task.maxFailures", "4");
        settings.put("spark.sql.shuffle.partitions", Integer.toString(shufflePartitions));
        settings.put(
                "spark.sql.streaming.stateStore.providerClass",
                "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider");
        settings.put("spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled", "true");
        // Counting the state's rows costs a lookup at every put; the commit metadata has the counts that matter.
        settings.put("spark.sql.streaming.stateStore.rocksdb.trackTotalNumberOfRows", "false");
        // A batch without data would only expire old identities. The next batch with data does that too.
        settings.put("spark.sql.streaming.noDataMicroBatches.enabled", "false");
        // Cached rows are read once or twice and dropped. Choosing a compression cost more than all the reading.
        settings.put("spark.sql.inMemoryColumnarStorage.compressed", "false");
        // While a table has few files, a commit writes the list of them beside it, so that readers do not have to
        // compute it.
        settings.put("spark.databricks.delta.allFilesInCrc.thresholdNumFiles", "500");
        // Background maintenance has a scheduler pool of its own, so it and the merge do not wait for each other's
        // tasks.
        settings.put("spark.scheduler.mode", "FAIR");
        // Spark renders each plan as text several times a query. In full length that costs more than running a small
        // batch.
        settings.put("spark.sql.maxPlanStringLength", "2000");
        settings.put("spark.sql.ui.explainMode", "simple");
        return settings;
    }
}
