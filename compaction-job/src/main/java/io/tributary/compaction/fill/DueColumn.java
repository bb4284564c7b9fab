package io.tributary.compaction.fill;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tributary.columns.Columns;
import io.tributary.config.ColumnConfig;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * A column that is filled, and in which rows.
 *
 * @param until {@code arrived_at} of the last row that is filled; what came later keeps the value that the stream wrote.
 *     Empty: all rows are filled
 */
record DueColumn(ColumnConfig column, Optional<Instant> until) {

    String name() {
        return column.name();
    }

    /** Whether a row is filled. */
    Column isDue() {
        return until.map(last -> col(Columns.ARRIVED_AT).leq(lit(last))).orElseGet(() -> lit(true));
    }
}
