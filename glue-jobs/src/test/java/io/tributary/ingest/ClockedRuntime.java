package io.tributary.ingest;

import io.tributary.runtime.JobRuntime;
import java.time.Clock;
import org.apache.spark.sql.SparkSession;

/** A runtime with another clock. Closing it closes nothing: the runtime that it is made of goes on. */
record ClockedRuntime(JobRuntime of, Clock clock) implements JobRuntime {

    @Override
    public SparkSession spark() {
        return of.spark();
    }

    @Override
    public void close() {}
}
