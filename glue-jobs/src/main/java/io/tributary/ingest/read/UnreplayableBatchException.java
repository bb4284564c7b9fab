package io.tributary.ingest.read;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.TopicPartitionId;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A planned range that cannot be read, although its batch must be repeated exactly. Spark carries a task's failure to
 * the driver as text. So the message holds what the supervisor needs, and {@link #find} parses it.
 */
public final class UnreplayableBatchException extends IOException {

    private static final Pattern MESSAGE = Pattern.compile(
            "unreadable range: data center (\\S+) topic (\\S+) partition (\\d+) from (\\d+) until (\\d+)"
                    + " of the batch planned at (\\d+)");

    /** @param why in one line; null if only the time was used up */
    public UnreplayableBatchException(OffsetRange range, long plannedAt, String why) {
        super("unreadable range: data center " + range.partition().dataCenter() + " topic "
                + range.partition().topic() + " partition "
                + range.partition().partition() + " from "
                + range.from() + " until " + range.until() + " of the batch planned at " + plannedAt + ": "
                + (why == null ? "the time was used up" : why));
    }

    /**
     * The range that could not be read.
     *
     * @param plannedAt planning time of its batch, milliseconds since the epoch
     */
    public record Unreadable(OffsetRange range, long plannedAt) {}

    /** Finds the unreadable range in a query's failure; empty if the query failed for another reason. */
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
