package io.tributary.ingest.dedup;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.when;

import io.tributary.columns.Columns;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.read.SourceColumns;
import java.time.Duration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Passes the first row of each identity. The watermark is on planning time, which is the same for all rows of a batch
 * and never decreases. So it bounds the state and drops no row.
 */
public final class Deduplication {

    private static final String IDENTITY = "identity";

    private final Duration delay;

    /** @param window for how long an identity is remembered, at least */
    public Deduplication(Duration window) {
        // Spark's watermark is one delay behind. It forgets an identity when the watermark has passed the identity's
        // planning time plus another delay, that is, after twice the delay. The extra second covers the rounding of an
        // odd window.
        this.delay = window.dividedBy(2).plusSeconds(1);
    }

    /** The rows of {@code decoded} without those whose identity the state knows. Closing rows always pass. */
    public Dataset<Row> apply(Dataset<Row> decoded) {
        return decoded.withColumn(IDENTITY, identity())
                .withWatermark(SourceColumns.PLANNED_AT, delay.toMillis() + " milliseconds")
                .dropDuplicatesWithinWatermark(new String[] {IDENTITY})
                .drop(IDENTITY);
    }

    /**
     * A rejected record is identified by its coordinates, and by the request if it is read again, so that it is counted
     * as rejected once more. A closing row is identified by its range and batch.
     */
    private static Column identity() {
        Column coordinates = concat_ws(
                "/",
                Columns.COORDINATES.stream()
                        .map(name -> col(name).cast("string"))
                        .toArray(Column[]::new));
        Column event = col(Decoding.DECODED).getField(Decoding.EVENT_IDENTITY);
        return when(
                        col(SourceColumns.RANGE_UNTIL).isNotNull(),
                        concat(lit("range "), coordinates, lit(" "), unix_millis(col(SourceColumns.PLANNED_AT))))
                .otherwise(coalesce(
                        concat(lit("event "), event),
                        concat_ws(
                                "/",
                                concat(lit("refused "), coordinates),
                                col(SourceColumns.RANGE_TOPIC),
                                col(SourceColumns.RANGE_OFFSET).cast("string"))));
    }
}
