package io.tributary.runtime;

import java.time.Clock;
import org.apache.spark.sql.SparkSession;

/** What a job runs on: a Spark session and a clock, from AWS Glue or from this machine. */
public interface JobRuntime extends AutoCloseable {

    SparkSession spark();

    Clock clock();

    /** Records that the job succeeded, where the runtime keeps such a record. */
    default void done() {}

    @Override
    void close();
}
