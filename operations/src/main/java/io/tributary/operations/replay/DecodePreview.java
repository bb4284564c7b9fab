package io.tributary.operations.replay;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.columns.Columns;
import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import io.tributary.config.EventOverrides;
import io.tributary.config.PipelineConfig;
import io.tributary.error.Failures;
import io.tributary.error.OperatorActionException;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.format.RegistryUnavailableException;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.operations.text.Words;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * What the pipeline's decoder would make of records.
 *
 * @param events how many would be events
 * @param withoutEvent how many a rule of the configuration would pass over
 * @param refused how many would be rejected, by reason
 * @param castFailures values that would not fit the type of their column
 * @param known how many of the events the lake holds already
 */
public record DecodePreview(
        long events, long withoutEvent, SortedMap<String, Long> refused, long castFailures, KnownEvents known) {

    public DecodePreview {
        refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
    }

    /**
     * Decodes them all.
     *
     * @param values bytes, with the data center that delivered them, and what else is known of the records, in columns
     *     of the source's schema
     * @param centers may map records to events in their own way
     * @param now counts as the time at which they are read
     */
    static DecodePreview of(
            Dataset<Row> values, PipelineConfig config, DataCenters centers, LakeEvents lake, Instant now) {
        Dataset<Row> source = values.withColumn(SourceColumns.PLANNED_AT, lit(now))
                .withColumn(SourceColumns.EVENT_OVERRIDES, overrides(centers));
        List<String> there = List.of(source.columns());
        for (StructField field : SourceColumns.SCHEMA.fields()) {
            if (!there.contains(field.name())) {
                source = source.withColumn(field.name(), lit(null).cast(field.dataType()));
            }
        }
        Dataset<Row> decoded = Decoding.ofPreview(config).apply(source).select(Decoding.DECODED + ".*");
        long events = 0;
        long castFailures = 0;
        long withoutEvent = 0;
        SortedMap<String, Long> refused = new TreeMap<>();
        try {
            for (Row row : decoded.groupBy(Columns.REASON)
                    .agg(count(lit(1)), sum(col(Decoding.CAST_FAILURES)))
                    .collectAsList()) {
                if (row.isNullAt(0)) {
                    events = row.getLong(1);
                    castFailures = row.isNullAt(2) ? 0 : row.getLong(2);
                } else if (row.getString(0).equals(Decoding.WITHOUT_EVENT)) {
                    withoutEvent = row.getLong(1);
                } else {
                    refused.put(row.getString(0), row.getLong(1));
                }
            }
            return new DecodePreview(
                    events,
                    withoutEvent,
                    refused,
                    castFailures,
                    lake.known(decoded.where(col(Columns.REASON).isNull())));
        } catch (RuntimeException e) {
            throw Failures.find(e, RegistryUnavailableException.class)
                    .<RuntimeException>map(registry -> new OperatorActionException(
                            "What would become of the records cannot be said: " + registry.getMessage() + "."))
                    .orElse(e);
        }
    }

    private static Column overrides(DataCenters centers) {
        Column overrides = lit(null).cast("string");
        for (DataCenter center : centers.all()) {
            if (!center.event().equals(EventOverrides.NONE)) {
                overrides = when(
                                col(Columns.KAFKA_CLUSTER).equalTo(center.name()),
                                lit(center.event().json().toString()))
                        .otherwise(overrides);
            }
        }
        return overrides;
    }

    /** The same, where the records are a sample. */
    DecodePreview ofSample(long ofAll) {
        return new DecodePreview(events, withoutEvent, refused, castFailures, known.ofSample(records(), ofAll));
    }

    public long records() {
        return events + withoutEvent + refusals();
    }

    private long refusals() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * In two sentences: {@code 4,112 of 4,120 would be events; 8 would still be refused: 5 not_json, 3 empty. Of the
     * events: 37 known, 4,075 new.}
     */
    public String words() {
        return Words.count(events) + " of " + Words.count(records()) + " would be events"
                + (castFailures == 0
                        ? ""
                        : ", with " + Words.count(castFailures) + " values that do not fit their column")
                + (withoutEvent == 0 ? "" : "; " + Words.count(withoutEvent) + " would be passed over")
                + (refused.isEmpty()
                        ? ""
                        : "; " + Words.count(refusals()) + " would still be refused: "
                                + refused.entrySet().stream()
                                        .map(reason -> Words.count(reason.getValue()) + " " + reason.getKey())
                                        .collect(Collectors.joining(", ")))
                + "."
                + (events == 0 ? "" : " Of the events: " + known.words());
    }

    /** For programs: counts, and what would be refused by reason. */
    public void addTo(ObjectNode answer) {
        answer.put("events", events).put("without_event", withoutEvent).put("records", records());
        refused.forEach(answer.putObject("refused_by_reason")::put);
        known.addTo(answer);
    }
}
