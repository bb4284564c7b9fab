package io.tributary.compaction.merge;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;

import io.tributary.compaction.log.Span;
import io.tributary.config.DedupScope;
import io.tributary.event.Columns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Finds the rows of a merge that are events not merged before. Rows on time are; a late row is if neither a row on time
 * nor the merged table has such an event at its time, and if it is the first of its identity among the late ones left.
 */
final class FirstCopies {

    private static final String RANK = "rank_of_copy";

    /** So many late rows can be handed to every task. */
    private static final long ROWS_TO_HAND_OUT = 200_000;

    private final List<String> identity;

    FirstCopies(DedupScope scope) {
        this.identity =
                scope == DedupScope.GLOBAL ? List.of(Columns.EVENT_ID) : List.of(Columns.DATA_CENTER, Columns.EVENT_ID);
    }

    /** All rows of {@code updates} that are on time. */
    Dataset<Row> onTime(Dataset<Row> updates) {
        return updates.where(col(Columns.ON_TIME));
    }

    /**
     * The late rows of {@code updates} that are first copies.
     *
     * @param updates read more than once
     * @param rows how many late rows there are
     * @param spans the event dates that they touch, each with the span of their event times
     * @param target of the merged table at least the rows within the spans
     */
    Dataset<Row> late(Dataset<Row> updates, long rows, SortedMap<LocalDate, Span> spans, Dataset<Row> target) {
        Dataset<Row> late = updates.where(not(col(Columns.ON_TIME)));
        List<String> key = new ArrayList<>(identity);
        key.add(Columns.EVENT_TIME);
        // Copies have one event time, so whatever can be a copy of a late row lies in the spans, on time or merged.
        Dataset<Row> known = target.where(within(spans))
                .select(columns(key))
                .unionByName(onTime(updates).where(within(spans)).select(columns(key)));
        return first(without(late, known, key, rows)).select(columns(List.of(updates.columns())));
    }

    /** Of each identity the copy that counts as the first. */
    private Dataset<Row> first(Dataset<Row> late) {
        return late.withColumn(
                        RANK,
                        row_number().over(Window.partitionBy(columns(identity)).orderBy(columns(order()))))
                .where(col(RANK).equalTo(1))
                .drop(RANK);
    }

    /** The rows of {@code late} whose key is not known. */
    private static Dataset<Row> without(Dataset<Row> late, Dataset<Row> known, List<String> key, long rows) {
        String[] names = key.toArray(String[]::new);
        if (rows > ROWS_TO_HAND_OUT) {
            return late.join(known, names, "left_anti");
        }
        // What is known is much more: each task gets the few rows, and nothing that is known moves.
        Dataset<Row> repeats = known.join(broadcast(late.select(columns(key))), names, "left_semi");
        return late.join(broadcast(repeats), names, "left_anti");
    }

    /** Rows of the touched event times; statistics skip most others. */
    private static Column within(SortedMap<LocalDate, Span> spans) {
        Span all = spans.values().stream().reduce(Span::plus).orElseThrow();
        return col(Columns.EVENT_TIME).between(lit(all.first()), lit(all.last()));
    }

    /** Which copy counts as the first, always the same one however often the merge is tried. */
    private static List<String> order() {
        List<String> order = new ArrayList<>(List.of(Columns.ARRIVED_AT));
        order.addAll(Columns.COORDINATES);
        return order;
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(name -> col(name)).toArray(Column[]::new);
    }
}
