package io.tributary.lake;

import io.tributary.columns.Columns;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.MergeMetadata;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * How far the merge has come. It lies in the merged table as a row without an event date, so that whoever reads the
 * table sees events and merge watermark of one version. A merge appends its own; the greatest counts.
 *
 * @param committedAt {@code arrived_at} of the last staging batch that is merged
 * @param merge number of the merge that put it there; 0 before the first
 */
public record MergeWatermark(Instant committedAt, long merge) {

    public static final MergeWatermark START = new MergeWatermark(Instant.EPOCH, 0);

    /** The merge watermark that a merge put there. */
    public static MergeWatermark of(MergeMetadata merge) {
        return new MergeWatermark(Instant.ofEpochMilli(merge.watermark()), merge.merge());
    }

    /**
     * The merge watermark of one version of the merged table: as its newest merge accounts for it, which costs no query, or from
     * the table itself before the first merge, where the log no longer reaches back so far, and where the merge was undone.
     *
     * @param merged the table at that version
     */
    public static MergeWatermark at(long version, CommitLog log, Supplier<Dataset<Row>> merged) {
        return at(log.findNewest(MergeMetadata.class, version), merged);
    }

    /** As {@link #at(long, CommitLog, Supplier)}, for whoever has looked for the newest merge. */
    public static MergeWatermark at(Optional<CommitLog.Newest<MergeMetadata>> newest, Supplier<Dataset<Row>> merged) {
        return newest.flatMap(CommitLog.Newest::ifNotRestored)
                .map(MergeWatermark::of)
                .orElseGet(() -> read(merged.get()));
    }

    /** Reads the merge watermark from one version of the merged table. */
    public static MergeWatermark read(Dataset<Row> merged) {
        return merged
                .where(functions.col(Columns.EVENT_DATE).isNull())
                .select(Columns.ARRIVED_AT, Columns.KAFKA_OFFSET)
                .collectAsList()
                .stream()
                .map(row -> new MergeWatermark(row.getInstant(0), row.getLong(1)))
                .max(Comparator.comparing(MergeWatermark::committedAt))
                .orElse(START);
    }

    /** This merge watermark as a column of the row that stands for it: its two values, and null for all else. */
    public Object valueOf(String column) {
        return switch (column) {
            case Columns.ARRIVED_AT -> committedAt;
            case Columns.KAFKA_OFFSET -> merge;
            default -> null;
        };
    }
}
