package io.tributary.compaction.merge;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.tributary.columns.Columns;
import io.tributary.config.DedupConfig;
import io.tributary.lake.log.TimeSpan;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Finds the rows of a merge that are events not merged before. Rows on time always are. A late row is, unless an event of
 * the same identity within the tolerance is on time, already merged, or an earlier late row that is kept.
 *
 * <p>The result depends only on the order of arrival, not on when merges ran, because no on-time row can be a copy of a
 * late row that arrived before it. {@code OnTime} shows why.
 */
final class LateRowDeduplicator {

    /** So many late rows can be handed to every task. */
    private static final long BROADCAST_THRESHOLD_ROWS = 200_000;

    private final List<String> identity;
    private final Duration tolerance;

    LateRowDeduplicator(DedupConfig dedup) {
        this.identity = dedup.scope().columns();
        this.tolerance = dedup.timeTolerance();
    }

    /** All rows of {@code updates} that are on time. */
    Dataset<Row> onTime(Dataset<Row> updates) {
        return updates.where(col(Columns.ON_TIME));
    }

    /**
     * The late rows of {@code updates} that are first copies, each with {@link FirstOccurrences#CONFLICT}.
     *
     * @param updates read more than once
     * @param rows how many late rows there are
     * @param spans the event dates that they touch, each with the span of times in which their copies can lie
     * @param target of the merged table at least the rows within the spans
     */
    Dataset<Row> late(Dataset<Row> updates, long rows, SortedMap<LocalDate, TimeSpan> spans, Dataset<Row> target) {
        Dataset<Row> late = updates.where(not(col(Columns.ON_TIME)));
        List<String> key = new ArrayList<>(identity);
        key.add(Columns.EVENT_TIME);
        Dataset<Row> known = target.where(within(spans))
                .select(columns(key))
                .unionByName(onTime(updates).where(within(spans)).select(columns(key)));
        Dataset<Row> together = late.withColumn(FirstOccurrences.KNOWN, lit(false))
                .unionByName(withSameIdentity(known, late, rows).withColumn(FirstOccurrences.KNOWN, lit(true)), true);
        StructType schema = kept(late.schema());
        return together.repartition(columns(identity))
                .sortWithinPartitions(order())
                .mapPartitions(new FirstOccurrences(identity, tolerance), Encoders.row(schema))
                .select(described(schema));
    }

    /** The columns with what the table says of them, which a row loses on its way through Java. */
    private static Column[] described(StructType schema) {
        return Arrays.stream(schema.fields())
                .map(field -> col(field.name()).as(field.name(), field.metadata()))
                .toArray(Column[]::new);
    }

    /** Of what is known the few rows that have the identity of a late one. */
    private Dataset<Row> withSameIdentity(Dataset<Row> known, Dataset<Row> late, long rows) {
        Dataset<Row> identities = late.select(columns(identity));
        // What is known is much more: each task gets the few identities, and nothing else moves.
        return known.join(
                rows > BROADCAST_THRESHOLD_ROWS ? identities : broadcast(identities),
                identity.toArray(String[]::new),
                "left_semi");
    }

    /** Rows of the touched event times; statistics skip most others. */
    private static Column within(SortedMap<LocalDate, TimeSpan> spans) {
        TimeSpan all = spans.values().stream().reduce(TimeSpan::plus).orElseThrow();
        return col(Columns.EVENT_TIME).between(lit(all.first()), lit(all.last()));
    }

    /** By identity, what is known first, then as they arrived: always the same order, however often the merge is tried. */
    private Column[] order() {
        List<Column> order = new ArrayList<>(Arrays.asList(columns(identity)));
        order.add(col(FirstOccurrences.KNOWN).desc());
        order.add(col(Columns.ARRIVED_AT));
        order.addAll(Arrays.asList(columns(Columns.COORDINATES)));
        return order.toArray(Column[]::new);
    }

    private static StructType kept(StructType late) {
        List<StructField> fields = new ArrayList<>(Arrays.asList(late.fields()));
        fields.add(DataTypes.createStructField(FirstOccurrences.CONFLICT, DataTypes.BooleanType, false));
        return DataTypes.createStructType(fields);
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(functions::col).toArray(Column[]::new);
    }
}
