package io.tributary.compaction.fill;

import io.tributary.config.ColumnConfig;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.fill.FillOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the writers of batches said of the typed columns.
 *
 * @param above {@code arrived_at} above which the batches are
 * @param batches newest first: the newest of all, wherever it is, and all that are above
 * @param isWhole whether the log tells of all of them
 */
public record StagedColumns(Instant above, List<Batch> batches, boolean isWhole) {

    /**
     * One batch.
     *
     * @param columns digest of each typed column, by its name
     */
    public record Batch(long sequence, Instant committedAt, SortedMap<String, String> columns) {

        public Batch {
            columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
        }

        private static Batch of(BatchMetadata metadata) {
            return new Batch(metadata.sequence(), Instant.ofEpochMilli(metadata.committedAt()), metadata.columns());
        }
    }

    public StagedColumns {
        batches = List.copyOf(batches);
    }

    /**
     * Reads the log of the staging table back from a version of it.
     *
     * @param above {@code arrived_at} at which it need not look further back
     */
    public static StagedColumns read(CommitLog staging, long version, Instant above) {
        List<Batch> batches = new ArrayList<>();
        for (long v = version; v >= 0; v--) {
            Optional<Commit> commit = staging.commit(v);
            if (commit.isEmpty()) {
                return new StagedColumns(above, batches, false);
            }
            if (commit.get().metadata().orElse(null) instanceof BatchMetadata metadata) {
                Batch batch = Batch.of(metadata);
                boolean isAbove = batch.committedAt().isAfter(above);
                if (isAbove || batches.isEmpty()) {
                    batches.add(batch);
                }
                if (!isAbove) {
                    break;
                }
            }
        }
        return new StagedColumns(above, batches, true);
    }

    /** When the newest batch was written that has another digest of a column; empty if there is none. */
    Optional<Instant> newestUnlike(String column, String digest) {
        return batches.stream()
                .filter(batch -> !digest.equals(batch.columns().get(column)))
                .map(Batch::committedAt)
                .findFirst();
    }

    /**
     * Why the view may not show the columns of an order yet, given what is staged above the merge watermark; empty if it
     * may. The stream that goes on must be one that writes them as they were ordered.
     *
     * @param columns those of the order
     */
    Optional<String> hindrance(FillOrder order, Collection<ColumnConfig> columns) {
        if (!isWhole) {
            return Optional.of("the log of the staging table does not tell of all batches that are not merged");
        }
        if (batches.isEmpty()) {
            return Optional.of("the stream has not staged a batch yet");
        }
        Batch newest = batches.get(0);
        if (!isAsOrdered(newest, order)) {
            return Optional.of(
                    "the newest batch, " + newest.sequence() + ", was staged with other columns; the first batch"
                            + " of a streaming job that has the pipeline file of the order is waited for");
        }
        boolean areTimes = columns.stream().anyMatch(ColumnConfig::holdsTimestamps);
        return batches.stream()
                .filter(batch -> batch.committedAt().isAfter(above))
                .filter(batch -> !isAsOrdered(batch, order)
                        || (areTimes && !batch.committedAt().isAfter(order.orderedAt())))
                .map(
                        batch -> "batch " + batch.sequence()
                                + " was staged with other columns, or before times were ordered to be filled, and is not merged yet")
                .findFirst();
    }

    private static boolean isAsOrdered(Batch batch, FillOrder order) {
        return batch.columns().entrySet().containsAll(order.columns().entrySet());
    }
}
