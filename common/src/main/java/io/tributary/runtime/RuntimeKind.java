package io.tributary.runtime;

/** Where a job runs; the value of the argument {@code --runtime}. */
public enum RuntimeKind {
    /** Spark in the job's own process. */
    LOCAL,
    /** AWS Glue. */
    GLUE
}
