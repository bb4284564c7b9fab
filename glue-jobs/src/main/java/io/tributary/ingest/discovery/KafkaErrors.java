package io.tributary.ingest.discovery;

import io.tributary.error.Failures;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/** Classifies the exceptions of Kafka's client: which record, partition, topic or cluster is in trouble. */
public final class KafkaErrors {

    private static final int MAX_LENGTH = 300;
    private static final Pattern DAMAGED_BATCH = Pattern.compile("^Record batch for .{1,300} at offset (\\d{1,18}) is");

    /** What the admin client says if it has found no broker to ask. */
    private static final String NO_BROKER = "waiting for a node assignment";

    private KafkaErrors() {}

    /**
     * Whether a record, or the record batch that holds it, is damaged. In that case the client received the bytes and
     * cannot parse them. Whatever a broker answers instead of records is an {@link ApiException}.
     */
    public static boolean isOfRecord(RuntimeException failure) {
        return failure instanceof CorruptRecordException
                || (failure instanceof KafkaException
                        && !(failure instanceof ApiException)
                        && !isOfTask(failure)
                        && !hasApiCause(failure));
    }

    /** The first offset of the record batch that is damaged as a whole; empty if the client does not say so. */
    public static OptionalLong damagedBatch(Throwable failure) {
        return Failures.chain(failure).stream()
                .map(cause -> DAMAGED_BATCH.matcher(String.valueOf(cause.getMessage())))
                .filter(Matcher::find)
                .mapToLong(batch -> Long.parseLong(batch.group(1)))
                .findFirst();
    }

    /** Whether the task was asked to end. */
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
        if (message.contains(NO_BROKER)) {
            return "no broker answers";
        }
        String words = (root.getClass().getSimpleName() + ": " + message).replaceAll("\\s+", " ");
        return words.length() <= MAX_LENGTH ? words : words.substring(0, MAX_LENGTH) + "…";
    }
}
