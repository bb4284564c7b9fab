package io.tributary.ingest.read;

import io.tributary.offsets.ReplayTopic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Makes the rows of one task, in the order of {@link SourceColumns#SCHEMA}.
 *
 * @param plannedAt when the batch was planned, milliseconds since the epoch
 * @param overrides {@link SourceColumns#EVENT_OVERRIDES}
 */
record SourceRows(long plannedAt, UTF8String overrides) {

    static SourceRows of(long plannedAt, String overrides) {
        return new SourceRows(plannedAt, UTF8String.fromString(overrides));
    }

    /**
     * Where a record was, or is, in Kafka.
     *
     * @param timestamp of Kafka, microseconds since the epoch; null if it is not plausible or there is none
     * @param topicIdentity null if it is not known
     */
    record Coordinates(UTF8String topic, int partition, long offset, Long timestamp, UTF8String topicIdentity) {}

    /**
     * A record.
     *
     * @param position of the record in its range
     * @param error why it could not be read; null if it could
     */
    InternalRow record(
            RangeProgress range, long position, Coordinates coordinates, RecordContent content, String error) {
        boolean isAgain = ReplayTopic.isAgain(range.range().topic());
        return new GenericInternalRow(new Object[] {
            range.dataCenter(),
            coordinates.topic(),
            coordinates.partition(),
            coordinates.offset(),
            coordinates.timestamp(),
            content.value(),
            plannedAt * 1000,
            null,
            null,
            null,
            null,
            null,
            UTF8String.fromString(error),
            coordinates.topicIdentity(),
            isAgain ? range.topic() : null,
            isAgain ? range.range().partition() : null,
            isAgain ? position : null,
            overrides,
            content.key(),
            UTF8String.fromString(content.headers())
        });
    }

    /**
     * The closing rows of a task.
     *
     * @param waited how long the task waited for the records
     */
    Deque<InternalRow> closing(List<RangeProgress> ranges, Duration waited) {
        List<InternalRow> rows = new ArrayList<>();
        long millis = waited.toMillis();
        for (RangeProgress progress : ranges) {
            RangeReadTask range = progress.range();
            if (range.kind() != RangeOutcome.READ) {
                rows.add(closing(progress, range.kind(), range.from(), range.until(), 0));
                continue;
            }
            if (!progress.isUntouched() || range.from() == range.until()) {
                rows.add(closing(progress, RangeOutcome.READ, range.from(), progress.position(), millis));
                // The ranges were read side by side, so their times must not be added up.
                millis = 0;
            }
            if (progress.isCut()) {
                rows.add(closing(progress, RangeOutcome.DEFERRED, progress.position(), range.until(), 0));
            }
        }
        return new ArrayDeque<>(rows);
    }

    private InternalRow closing(RangeProgress range, RangeOutcome kind, long from, long until, long millis) {
        boolean isRead = kind == RangeOutcome.READ;
        return new GenericInternalRow(new Object[] {
            range.dataCenter(),
            range.topic(),
            range.range().partition(),
            from,
            null,
            null,
            plannedAt * 1000,
            UTF8String.fromString(kind.name()),
            until,
            isRead ? range.read() : 0L,
            millis,
            range.leaderEpoch(),
            UTF8String.fromString(isRead ? null : range.error()),
            range.topicIdentity(),
            null,
            null,
            null,
            null,
            null,
            null
        });
    }
}
