package io.tributary.lab.concurrentwriters;

import io.tributary.cli.ArgumentReader;
import io.tributary.runtime.JobExit;
import io.tributary.runtime.S3Endpoint;
import io.tributary.runtime.SparkSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One driver of a race: appends to the table until its time is over, and prints every commit that it has made. */
public final class WriterMain {

    static final String COMMITTED = "COMMITTED ";
    static final String FAILED = "FAILED ";

    private static final Logger LOG = LoggerFactory.getLogger(WriterMain.class);

    private WriterMain() {}

    public static void main(String[] args) {
        System.exit(JobExit.of("racer", () -> {
            ArgumentReader arguments = new ArgumentReader(args);
            String name = arguments.required("name", "what this driver is called");
            String table = arguments.required("table", "the table's place");
            ComparedStore store = arguments.choice("store", ComparedStore.class, ComparedStore.CONDITIONAL);
            Duration length = Duration.ofSeconds(
                    arguments.optional("seconds", Long::valueOf).orElse(30L));
            arguments.finish();
            try (SparkSession spark = spark(store)) {
                race(spark, name, table, length, Clock.systemUTC());
            }
        }));
    }

    private static void race(SparkSession spark, String name, String table, Duration length, Clock clock) {
        append(spark, table, name + "-0");
        // Counted from here, since the first append waits for most of Spark and Delta to be loaded.
        Instant end = clock.instant().plus(length);
        for (int i = 1; clock.instant().isBefore(end); i++) {
            append(spark, table, name + "-" + i);
        }
    }

    private static void append(SparkSession spark, String table, String commit) {
        try {
            spark.range(0, 1, 1, 1)
                    .write()
                    .format("delta")
                    .mode("append")
                    .option("userMetadata", commit)
                    .save(table);
            System.out.println(COMMITTED + commit);
        } catch (Exception e) { // Delta throws checked exceptions that its Java signatures do not declare.
            LOG.warn("racer[{}]: the append failed", commit, e);
            System.out.println(FAILED + commit);
        }
    }

    private static SparkSession spark(ComparedStore store) {
        SparkSession.Builder builder = SparkSession.builder()
                .appName("race")
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.databricks.delta.snapshotPartitions", "1")
                // What makes an append dear and decides no commit.
                .config("spark.databricks.delta.stats.collect", "false")
                .config("spark.databricks.delta.writeChecksumFile.enabled", "false")
                .config("spark.sql.adaptive.enabled", "false")
                .config("spark.sql.codegen.wholeStage", "false");
        SparkSettings.forJob(1).forEach(builder::config);
        S3Endpoint.ofProcess().map(S3Endpoint::settings).ifPresent(settings -> settings.forEach(builder::config));
        return builder.config("spark.hadoop.fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem")
                .config("spark.delta.logStore.s3.impl", store.className())
                .getOrCreate();
    }
}
