package io.tributary.runtime;

import io.tributary.runtime.local.LocalFileSystems;
import java.time.Clock;
import org.apache.spark.sql.SparkSession;

/** Spark inside this JVM, on all cores, for local runs, tests and tools. */
public final class LocalRuntime implements JobRuntime {

    static final String S3_FILE_SYSTEM = "org.apache.hadoop.fs.s3a.S3AFileSystem";

    private final SparkSession spark;
    private final Clock clock;

    private LocalRuntime(SparkSession spark, Clock clock) {
        this.spark = spark;
        this.clock = clock;
    }

    /** Starts Spark, or uses the session that this JVM has. */
    public static LocalRuntime open(String jobName, int shufflePartitions) {
        Clock clock = ProcessClock.ofProcess();
        SparkSession.Builder builder = SparkSession.builder()
                .appName(jobName)
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                // A snapshot of a local table is small, and each task of its query makes the query's code anew.
                .config("spark.databricks.delta.snapshotPartitions", "1")
                // In a JVM whose zone is not UTC Delta computes the list of files anew after each commit, to compare it
                // with the one in the checksum file. Glue's zone is UTC.
                .config("spark.databricks.delta.allFilesInCrc.verificationMode.forceOnNonUTC.enabled", "false")
                // The number of tasks with which Delta's VACUUM lists a table's folders; the default is ten thousand.
                .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4")
                // Local runs have many small queries, for which generating code takes longer than it saves.
                .config("spark.sql.codegen.wholeStage", "false")
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        SparkSettings.forJob(shufflePartitions).forEach(builder::config);
        // s3: means S3A, as on Glue.
        builder.config("spark.hadoop.fs.s3.impl", S3_FILE_SYSTEM);
        LocalFileSystems.hadoopSettings().forEach((name, value) -> builder.config("spark.hadoop." + name, value));
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
