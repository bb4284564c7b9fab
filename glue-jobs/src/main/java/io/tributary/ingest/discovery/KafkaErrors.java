package io.tributary.ingest.discovery;

import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/** Tells by the client's exceptions whose trouble a failure of a reading is. */
public final class KafkaErrors {

    private static final int MAX_LENGTH = 300;

    private KafkaErrors() {}

    /**
     * Whether a record, or the batch of records that it was written in, is damaged: the client got its bytes and can make
     * nothing of them. All that a broker answers instead of records is an {@link ApiException}.
     */
    public static boolean isOfRecord(RuntimeException failure) {
        return failure instanceof CorruptRecordException
                || (failure instanceof KafkaException
                        && !(failure instanceof ApiException)
                        && !isOfTask(failure)
                        && !hasApiCause(failure));
    }

    /** Whether the task is to end. */
    public static boolean isOfTask(RuntimeException failure) {
        return failure instanceof InterruptException || failure instanceof WakeupException;
    }

    private static boolean hasApiCause(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException && !(cause instanceof CorruptRecordException)) {
                return true;
            }
        }
        return false;
    }

    /** The root cause of a failure in one line: its kind and its message. */
    public static String describe(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = Optional.ofNullable(root.getMessage()).orElse("");
        String words = (root.getClass().getSimpleName() + ": " + message).replaceAll("\\s+", " ");
        return words.length() <= MAX_LENGTH ? words : words.substring(0, MAX_LENGTH) + "…";
    }
}
