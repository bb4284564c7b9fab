package io.tributary.operations.completeness;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.operations.status.ValidThrough;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What the lake holds of the events of one data center that happened in one hour.
 *
 * @param dataCenter that delivered them
 * @param hour its beginning
 * @param staged rows in the staging table, as long as that keeps them
 * @param merged rows in the merged table
 * @param duplicates staged rows that the merge dropped as copies; empty if staging may not keep all rows of the hour any more
 * @param waiting staged rows above the merge watermark
 * @param waitingLate of these, late ones, which only the merge makes visible in {@code events}
 * @param validThrough of the data center
 */
public record EventHour(
        String dataCenter,
        Instant hour,
        long staged,
        long merged,
        OptionalLong duplicates,
        long waiting,
        long waitingLate,
        ValidThrough validThrough) {

    /** How far an hour is. Backdated events may come for any hour at any time. */
    public enum Progress {
        /** Everything that was sent until the hour ended, and later up to now, is merged. */
        COMPLETE,
        /** The hour has not ended, or something that was sent in it may not be merged. */
        OPEN,
        /** The logs do not tell. */
        UNKNOWN
    }

    /** For programs. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("data_center", dataCenter)
                .put("hour", hour.toString())
                .put("state", progress().name().toLowerCase(Locale.ROOT))
                .put("staged", staged)
                .put("merged", merged)
                .put("merge_duplicates", duplicates.isPresent() ? Long.valueOf(duplicates.getAsLong()) : null)
                .put("not_merged", waiting)
                .put("not_merged_late", waitingLate);
    }

    public Progress progress() {
        Instant end = hour.plus(Duration.ofHours(1));
        if (waiting > 0) {
            return Progress.OPEN;
        }
        return validThrough
                .merged()
                .map(through -> through.isBefore(end) ? Progress.OPEN : Progress.COMPLETE)
                .orElse(Progress.UNKNOWN);
    }
}
