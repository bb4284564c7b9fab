package io.tributary.runtime;

import java.time.Clock;
import org.apache.spark.sql.SparkSession;

/** A Spark of this JVM's own, on all cores, for local runs, tests and tools. */
public final class LocalRuntime implements JobRuntime {

    static final String S3_FILE_SYSTEM = "org.apache.hadoop.fs.s3a.S3AFileSystem";

    private final SparkSession spark;
    private final Clock clock;

    private LocalRuntime(SparkSession spark, Clock clock) {
        this.spark = spark;
        this.clock = clock;
    }

    /** Starts Spark, or joins the one that this JVM has. */
    public static LocalRuntime open(String jobName, int shufflePartitions) {
        Clock clock = ProcessClock.ofProcess();
        SparkSession.Builder builder = SparkSession.builder()
                .appName(jobName)
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.databricks.delta.snapshotPartitions", "2")
                // Delta's VACUUM lists a table's folders in so many tasks, ten thousand if nobody says otherwise.
                .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4")
                // What is run here are many small queries, on whose rows the time to generate code is never won back.
                .config("spark.sql.codegen.wholeStage", "false")
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        SparkSettings.forJob(shufflePartitions).forEach(builder::config);
        // As on Glue, s3: is S3A's.
        builder.config("spark.hadoop.fs.s3.impl", S3_FILE_SYSTEM);
        S3Endpoint.ofProcess().map(S3Endpoint::settings).ifPresent(settings -> settings.forEach(builder::config));
        return new LocalRuntime(builder.getOrCreate(), clock);
    }

    @Override
    public SparkSession spark() {
        return spark;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        spark.stop();
    }
}
