package io.tributary.runtime;

import io.tributary.aws.s3.ConditionalLogStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Spark settings that the jobs' results depend on, the same on every runtime. */
public final class SparkSettings {

    private static final List<String> DATETIME_REBASE_MODES = List.of(
            "datetimeRebaseModeInRead", "datetimeRebaseModeInWrite", "int96RebaseModeInRead", "int96RebaseModeInWrite");

    private SparkSettings() {}

    /** @param shufflePartitions partitions of every shuffle; Spark fixes it for a checkpoint at its first start */
    public static Map<String, String> forJob(int shufflePartitions) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
        settings.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        // Delta's own store for S3 loses commits when two drivers write. The schemes are set one by one, since a store
        // for all would also take file:.
        settings.put("spark.delta.logStore.s3.impl", ConditionalLogStore.class.getName());
        settings.put("spark.delta.logStore.s3a.impl", ConditionalLogStore.class.getName());
        settings.put("spark.sql.session.timeZone", "UTC");
        // Spark 4 would fail where Spark 3 gives null, and what cannot be read is judged by the null.
        settings.put("spark.sql.ansi.enabled", "false");
        // Int96, Spark's default, carries no statistics, so engines could not skip row groups by time.
        settings.put("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
        // Dates and times of all years are written and read as they are, by the calendar that the other engines know.
        // Spark 3 would fail on dates before 1582 and times before 1900.
        for (String mode : DATETIME_REBASE_MODES) {
            settings.put("spark.sql.parquet." + mode, "CORRECTED");
        }
        // The classes of java.sql count the days before 1582 by another calendar, and so would a pushed-down filter.
        settings.put("spark.sql.datetime.java8API.enabled", "true");
        // On a cluster a task may meet a worker that is going away, or a storage that is slow for a moment. What a data
        // center cannot deliver in time fails no task, so trying again never holds the others up. In local mode, one
        // try.
        settings.put("spark.task.maxFailures", "4");
        settings.put("spark.sql.shuffle.partitions", Integer.toString(shufflePartitions));
        settings.put(
                "spark.sql.streaming.stateStore.providerClass",
                "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider");
        settings.put("spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled", "true");
        // Counting the rows costs a lookup at every put; the metadata count what matters.
        settings.put("spark.sql.streaming.stateStore.rocksdb.trackTotalNumberOfRows", "false");
        // What a batch without data would do, forgetting old identities, the next batch with data does as well.
        settings.put("spark.sql.streaming.noDataMicroBatches.enabled", "false");
        // Kept rows are read once or twice and dropped; looking for a way to compress them cost more than all reading.
        settings.put("spark.sql.inMemoryColumnarStorage.compressed", "false");
        // A commit lists the table's files beside it while they are few, so that a reader need not work them out anew.
        settings.put("spark.databricks.delta.allFilesInCrc.thresholdNumFiles", "500");
        // Maintenance beside a merge has a pool of its own, and neither waits for the other's tasks.
        settings.put("spark.scheduler.mode", "FAIR");
        // Spark writes each plan out as text several times a query; whole, it costs more than running small batches.
        settings.put("spark.sql.maxPlanStringLength", "2000");
        settings.put("spark.sql.ui.explainMode", "simple");
        return settings;
    }
}
