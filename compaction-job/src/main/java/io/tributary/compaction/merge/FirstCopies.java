package io.tributary.compaction.merge;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;

import io.tributary.config.DedupScope;
import io.tributary.event.Columns;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Finds the rows of a merge that are events not merged before. Rows on time are; a late row is if it is the first of
 * its identity among the late, and neither a row on time nor the merged table has such an event at its time.
 */
final class FirstCopies {

    private static final String RANK = "rank_of_copy";

    /** With more dates than this the condition would outgrow what Spark compiles; then the dates alone narrow. */
    private static final int DATES_WITH_SPANS = 32;

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
     * @param updates persisted, since it is read more than once
     * @param rows how many late rows there are
     * @param spans the event dates that they touch, each with the span of their event times
     * @param target the merged table at the version of the plan
     */
    Dataset<Row> late(
            Dataset<Row> updates, long rows, SortedMap<LocalDate, UpdatesTally.Span> spans, Dataset<Row> target) {
        Dataset<Row> late = updates.where(not(col(Columns.ON_TIME)));
        Dataset<Row> firsts = late.withColumn(
                        RANK,
                        row_number().over(Window.partitionBy(columns(identity)).orderBy(columns(order()))))
                .where(col(RANK).equalTo(1))
                .drop(RANK);
        List<String> key = new ArrayList<>(identity);
        key.add(Columns.EVENT_TIME);
        // Copies have one event time, so whatever can be a copy of a late row lies in the spans, on time or merged.
        Dataset<Row> known = target.where(within(spans))
                .select(columns(key))
                .unionByName(onTime(updates).where(within(spans)).select(columns(key)));
        return without(firsts, known, key, rows).select(columns(List.of(updates.columns())));
    }

    /** The rows of {@code firsts} whose key is not known. */
    private static Dataset<Row> without(Dataset<Row> firsts, Dataset<Row> known, List<String> key, long rows) {
        String[] names = key.toArray(String[]::new);
        if (rows > ROWS_TO_HAND_OUT) {
            return firsts.join(known, names, "left_anti");
        }
        // What is known is much more: each task gets the few rows, and nothing that is known moves.
        Dataset<Row> repeats = known.join(broadcast(firsts.select(columns(key))), names, "left_semi");
        return firsts.join(broadcast(repeats), names, "left_anti");
    }

    /** Rows of the touched event dates and times; statistics skip the rest. */
    private static Column within(SortedMap<LocalDate, UpdatesTally.Span> spans) {
        if (spans.size() > DATES_WITH_SPANS) {
            return col(Columns.EVENT_DATE)
                    .isInCollection(spans.keySet().stream().map(Date::valueOf).toList());
        }
        return spans.entrySet().stream()
                .map(entry -> col(Columns.EVENT_DATE)
                        .equalTo(lit(entry.getKey()))
                        .and(col(Columns.EVENT_TIME)
                                .between(
                                        lit(entry.getValue().first()),
                                        lit(entry.getValue().last()))))
                .reduce(Column::or)
                .orElse(lit(false));
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
