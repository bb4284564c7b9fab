package io.tributary.compaction.merge;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.tributary.columns.Columns;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.log.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a merge takes in, counted in one pass over it.
 *
 * @param groups one for each data center, event date and on time or late
 */
record MergeStats(List<Group> groups) {

    static final MergeStats NOTHING = new MergeStats(List.of());

    /**
     * Rows of one data center and event date.
     *
     * @param first the earliest event time among them
     * @param last the latest
     * @param conflicts rows that have the identity of another event
     */
    record Group(
            String dataCenter,
            LocalDate date,
            boolean isOnTime,
            long rows,
            Instant first,
            Instant last,
            long conflicts) {

        private void addTo(SortedMap<String, Long> byDataCenter, SortedMap<LocalDate, Long> byDate) {
            byDataCenter.merge(dataCenter, rows, Long::sum);
            byDate.merge(date, rows, Long::sum);
        }
    }

    MergeStats {
        groups = List.copyOf(groups);
    }

    static MergeStats of(Dataset<Row> updates) {
        return of(updates, lit(false));
    }

    /** @param isConflict whether a row has the identity of another event */
    static MergeStats of(Dataset<Row> updates, Column isConflict) {
        Column time = col(Columns.EVENT_TIME);
        return new MergeStats(updates
                .groupBy(Columns.KAFKA_CLUSTER, Columns.EVENT_DATE, Columns.ON_TIME)
                .agg(count(lit(1)), min(time), max(time), count(when(isConflict, 1)))
                .collectAsList()
                .stream()
                .map(row -> new Group(
                        row.getString(0),
                        row.getLocalDate(1),
                        row.getBoolean(2),
                        row.getLong(3),
                        row.getInstant(4),
                        row.getInstant(5),
                        row.getLong(6)))
                .toList());
    }

    /** How many rows are on time, or late. */
    long rows(boolean onTime) {
        return groups.stream()
                .filter(group -> group.isOnTime() == onTime)
                .mapToLong(Group::rows)
                .sum();
    }

    /**
     * The event dates in which copies of late rows can lie, each with the span of their event times.
     *
     * @param tolerance how far the times of copies may lie apart
     */
    SortedMap<LocalDate, TimeSpan> late(Duration tolerance) {
        SortedMap<LocalDate, TimeSpan> spans = new TreeMap<>();
        groups.stream()
                .filter(group -> !group.isOnTime())
                .map(group -> new TimeSpan(group.first(), group.last()).widened(tolerance))
                .forEach(span -> span.byDate().forEach((date, part) -> spans.merge(date, part, TimeSpan::plus)));
        return spans;
    }

    /**
     * The metadata of the merge that takes all rows on time, and {@code lateFirsts} of the late ones.
     *
     * @param lateFirsts the groups of the late rows that are first copies
     * @param erased what it leaves out because it was erased; none of it is in these groups
     */
    MergeMetadata metadata(MergePlan plan, MergeStats lateFirsts, ErasedRows erased) {
        SortedMap<String, Long> staged = new TreeMap<>(erased.byDataCenter());
        SortedMap<String, Long> merged = new TreeMap<>();
        SortedMap<LocalDate, Long> byDate = new TreeMap<>();
        groups.forEach(group -> {
            staged.merge(group.dataCenter(), group.rows(), Long::sum);
            if (group.isOnTime()) {
                group.addTo(merged, byDate);
            }
        });
        SortedMap<String, Long> conflicts = new TreeMap<>();
        lateFirsts.groups.forEach(group -> {
            group.addTo(merged, byDate);
            conflicts.merge(group.dataCenter(), group.conflicts(), Long::sum);
        });
        SortedMap<String, MergeMetadata.Merged> dataCenters = new TreeMap<>();
        for (Map.Entry<String, Long> entry : staged.entrySet()) {
            long own = merged.getOrDefault(entry.getKey(), 0L);
            long leftOut = erased.byDataCenter().getOrDefault(entry.getKey(), 0L);
            dataCenters.put(
                    entry.getKey(),
                    new MergeMetadata.Merged(
                            entry.getValue(),
                            entry.getValue() - own - leftOut,
                            own,
                            conflicts.getOrDefault(entry.getKey(), 0L),
                            leftOut));
        }
        return new MergeMetadata(
                plan.after().merge(),
                plan.stagingVersion(),
                plan.before().committedAt().toEpochMilli(),
                plan.after().committedAt().toEpochMilli(),
                dataCenters,
                byDate,
                Optional.empty(),
                UUID.randomUUID().toString(),
                erased.newest(),
                new TreeSet<>());
    }
}
