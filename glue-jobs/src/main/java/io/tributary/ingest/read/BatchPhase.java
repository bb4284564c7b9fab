package io.tributary.ingest.read;

import io.tributary.error.Failures;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;

/**
 * Tells tasks whether their batch is counted. A batch is read once, counted, and written from what was kept. Should Spark
 * lose what was kept and read it anew, it could read other ranges than were counted, or find another copy of an event
 * first; so such a reading is refused and the batch begins again from its start.
 */
public final class BatchPhase {

    private static final String COUNTED = "tributary.batch.counted";
    private static final String REFUSED = "rows of this batch were lost with an executor";

    private BatchPhase() {}

    /** To be called by the batch's thread once it is counted. */
    public static void counted(SparkContext spark) {
        spark.setLocalProperty(COUNTED, "true");
    }

    /** To be called by the batch's thread when it is written, or failed. */
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

    /** Whether a failure is of a task that was refused a second reading. */
    public static boolean isRefusedReading(Throwable failure) {
        return Failures.chain(failure).stream()
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains(REFUSED));
    }
}
