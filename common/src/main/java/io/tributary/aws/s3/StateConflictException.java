package io.tributary.aws.s3;

import java.io.IOException;

/**
 * Another attempt at a batch, which carried other records, has written its state first. Spark carries a task's failure
 * to the driver as text, so {@link #isIn} looks for the message.
 */
public final class StateConflictException extends IOException {

    private static final String WORDS = "holds the state of another attempt at this batch";

    StateConflictException(String file) {
        super(file + " " + WORDS + ", which carried other records");
    }

    /** Whether a query failed for this reason. */
    public static boolean isIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains(WORDS)) {
                return true;
            }
        }
        return false;
    }
}
