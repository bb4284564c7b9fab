package io.tributary.compaction.merge;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.tributary.columns.Columns;
import io.tributary.lake.erasure.ErasedEvents;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The staged rows that a merge leaves out because their event was erased.
 *
 * @param newest number of the newest erasure that the merge knows
 * @param byDataCenter how many, by the data center that delivered them; those without are left out
 */
record ErasedRows(long newest, SortedMap<String, Long> byDataCenter) {

    ErasedRows {
        byDataCenter = Collections.unmodifiableSortedMap(new TreeMap<>(byDataCenter));
    }

    static ErasedRows none(ErasedEvents erased) {
        return new ErasedRows(erased.newest(), new TreeMap<>());
    }

    static ErasedRows of(Dataset<Row> staged, ErasedEvents erased) {
        SortedMap<String, Long> rows = new TreeMap<>();
        staged.where(isErased(erased))
                .groupBy(Columns.KAFKA_CLUSTER)
                .count()
                .collectAsList()
                .forEach(row -> rows.put(row.getString(0), row.getLong(1)));
        return new ErasedRows(erased.newest(), rows);
    }

    /** The rows whose events are not erased. */
    static Dataset<Row> without(Dataset<Row> staged, ErasedEvents erased) {
        return staged.where(not(isErased(erased)));
    }

    private static Column isErased(ErasedEvents erased) {
        return erased.contain(col(Columns.DATA_CENTER), col(Columns.EVENT_ID));
    }
}
