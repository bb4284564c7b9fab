package io.tributary.ingest.read;

import io.tributary.error.Failures;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;

/**
 * Tells tasks whether their batch has been counted. A batch is read once, cached, counted, and written from the cache.
 * If Spark loses cached rows and a task reads them again, it could read other ranges than were counted, or find another
 * copy of an event first. So a second read fails, and the batch starts again from the beginning.
 */
public final class BatchPhase {

    private static final String COUNTED = "tributary.batch.counted";
    private static final String REFUSED = "rows of this batch were lost with an executor";

    private BatchPhase() {}

    /** Called by the batch's thread after the batch was counted. */
    public static void counted(SparkContext spark) {
        spark.setLocalProperty(COUNTED, "true");
    }

    /** Called by the batch's thread after the batch was written or has failed. */
    public static void ended(SparkContext spark) {
        spark.setLocalProperty(COUNTED, null);
    }

    /** @throws IllegalStateException in a task that reads a batch a second time */
    static void requireFirstReading() {
        TaskContext task = TaskContext.get();
        if (task != null && (task.stageAttemptNumber() > 0 || task.getLocalProperty(COUNTED) != null)) {
            throw new IllegalStateException(REFUSED + ", and reading them again could come to others than were counted;"
                    + " the batch begins again");
        }
    }

    /** Whether a failure comes from a task that was not allowed a second read. */
    public static boolean isRefusedReading(Throwable failure) {
        return Failures.chain(failure).stream()
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains(REFUSED));
    }
}
