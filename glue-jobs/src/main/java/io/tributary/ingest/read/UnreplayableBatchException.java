package io.tributary.ingest.read;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.TopicPartitionId;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A planned range that cannot be read. Spark carries a task's failure to the driver as text, so the message holds what
 * the supervisor needs to know, and {@link #find} gets it back.
 */
public final class UnreplayableBatchException extends IOException {

    private static final Pattern MESSAGE = Pattern.compile(
            "unreadable range: data center (\\S+) topic (\\S+) partition (\\d+) from (\\d+) until (\\d+)"
                    + " of the batch planned at (\\d+)");

    /** @param why in one line; null if nothing is known but that the time was over */
    public UnreplayableBatchException(OffsetRange range, long plannedAt, String why) {
        super("unreadable range: data center " + range.partition().dataCenter() + " topic "
                + range.partition().topic() + " partition "
                + range.partition().partition() + " from "
                + range.from() + " until " + range.until() + " of the batch planned at " + plannedAt + ": "
                + (why == null ? "the time was over" : why));
    }

    /**
     * What an unreadable range was to be.
     *
     * @param plannedAt planning time of its batch, milliseconds since the epoch
     */
    public record Unreadable(OffsetRange range, long plannedAt) {}

    /** Finds the unreadable range that a query's failure tells of; empty if it failed for another reason. */
    public static Optional<Unreadable> find(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher matcher = MESSAGE.matcher(String.valueOf(cause.getMessage()));
            if (matcher.find()) {
                TopicPartitionId partition =
                        new TopicPartitionId(matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3)));
                OffsetRange range =
                        new OffsetRange(partition, Long.parseLong(matcher.group(4)), Long.parseLong(matcher.group(5)));
                return Optional.of(new Unreadable(range, Long.parseLong(matcher.group(6))));
            }
        }
        return Optional.empty();
    }
}
