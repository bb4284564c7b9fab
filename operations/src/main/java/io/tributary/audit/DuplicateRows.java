package io.tributary.audit;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import io.tributary.columns.Columns;
import io.tributary.config.DedupConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/** Which rows are copies of one event: those of one identity whose times lie within the tolerance. */
final class DuplicateRows {

    /** How many rows show an event. */
    static final String ROWS = "copies";

    private static final String TIME = "time_micros";
    private static final String OTHER_TIME = "other_time_micros";

    private final List<String> identity;
    private final long tolerance;

    DuplicateRows(DedupConfig dedup) {
        this.identity = dedup.scope().columns();
        this.tolerance = TimeUnit.MILLISECONDS.toMicros(dedup.timeTolerance().toMillis());
    }

    /** The columns that make an identity. */
    List<String> identity() {
        return identity;
    }

    /** The identities of which {@code rows} hold an event more than once, with {@link #ROWS}. */
    Dataset<Row> shownTwice(Dataset<Row> rows) {
        // Few identities come twice, and only theirs are worth sorting.
        Dataset<Row> repeated = rows.groupBy(columns(identity))
                .agg(count(lit(1)).as(ROWS))
                .where(col(ROWS).gt(1))
                .select(columns(identity));
        Column before = lag(TIME, 1).over(Window.partitionBy(columns(identity)).orderBy(TIME));
        return timed(rows, TIME)
                .join(repeated, identity.toArray(String[]::new), "left_semi")
                .withColumn(OTHER_TIME, before)
                .where(col(TIME).minus(col(OTHER_TIME)).leq(tolerance))
                .groupBy(columns(identity))
                .agg(count(lit(1)).plus(1).as(ROWS));
    }

    /** The identities of {@code rows} of which {@code others} hold no copy. */
    Dataset<Row> without(Dataset<Row> rows, Dataset<Row> others) {
        Dataset<Row> left = timed(rows, TIME);
        Dataset<Row> right = timed(others, OTHER_TIME);
        Column isCopy = abs(left.col(TIME).minus(right.col(OTHER_TIME))).leq(tolerance);
        for (String column : identity) {
            isCopy = isCopy.and(left.col(column).equalTo(right.col(column)));
        }
        return left.join(right, isCopy, "left_anti").select(columns(identity)).distinct();
    }

    private Dataset<Row> timed(Dataset<Row> rows, String name) {
        List<Column> columns = new ArrayList<>(List.of(columns(identity)));
        columns.add(unix_micros(col(Columns.EVENT_TIME)).as(name));
        return rows.select(columns.toArray(Column[]::new));
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(functions::col).toArray(Column[]::new);
    }
}
