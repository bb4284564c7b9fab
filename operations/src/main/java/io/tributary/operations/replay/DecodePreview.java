package io.tributary.operations.replay;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.operations.text.Words;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the pipeline's decoder would make of records.
 *
 * @param events how many would be events
 * @param refused how many would be rejected, by reason
 * @param castFailures values that would not fit the type of their column
 */
public record DecodePreview(long events, SortedMap<String, Long> refused, long castFailures) {

    public DecodePreview {
        refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
    }

    /**
     * Decodes them all.
     *
     * @param now counts as the time at which they are read
     */
    static DecodePreview of(Dataset<Row> quarantined, PipelineConfig config, Instant now) {
        return ofValues(
                quarantined.select(col(Columns.KAFKA_CLUSTER), col(Columns.RAW).as(SourceColumns.VALUE)), config, now);
    }

    /** Decodes bytes, given with the data center that delivered them, as the source names both columns. */
    static DecodePreview ofValues(Dataset<Row> values, PipelineConfig config, Instant now) {
        Dataset<Row> source = values.withColumn(
                        SourceColumns.READ_ERROR, lit(null).cast("string"))
                .withColumn(SourceColumns.RANGE_UNTIL, lit(null).cast("bigint"))
                .withColumn(SourceColumns.PLANNED_AT, lit(now));
        long events = 0;
        long castFailures = 0;
        SortedMap<String, Long> refused = new TreeMap<>();
        for (Row row : new Decoding(config)
                .apply(source)
                .select(Decoding.DECODED + ".*")
                .groupBy(Columns.REASON)
                .agg(count(lit(1)), sum(col(Decoding.CAST_FAILURES)))
                .collectAsList()) {
            if (row.isNullAt(0)) {
                events = row.getLong(1);
                castFailures = row.isNullAt(2) ? 0 : row.getLong(2);
            } else {
                refused.put(row.getString(0), row.getLong(1));
            }
        }
        return new DecodePreview(events, refused, castFailures);
    }

    public long records() {
        return events + refusals();
    }

    private long refusals() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One sentence: {@code 4,112 of 4,120 would be events; 8 would be refused again: 5 not_json, 3 empty}. */
    public String words() {
        return Words.count(events) + " of " + Words.count(records()) + " would be events"
                + (castFailures == 0
                        ? ""
                        : ", with " + Words.count(castFailures) + " values that do not fit their column")
                + (refused.isEmpty()
                        ? "."
                        : "; " + Words.count(refusals()) + " would still be refused: "
                                + refused.entrySet().stream()
                                        .map(reason -> Words.count(reason.getValue()) + " " + reason.getKey())
                                        .collect(Collectors.joining(", "))
                                + ".");
    }
}
