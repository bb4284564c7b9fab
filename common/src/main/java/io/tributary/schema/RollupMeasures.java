package io.tributary.schema;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.hll_sketch_agg;
import static org.apache.spark.sql.functions.hll_sketch_estimate;
import static org.apache.spark.sql.functions.hll_union_agg;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.tributary.columns.Columns;
import io.tributary.config.MeasureConfig;
import io.tributary.config.MeasureType;
import io.tributary.config.RollupConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/** Aggregates events into rows of a rollup, and combines rows of the same bucket and group into one. */
public final class RollupMeasures {

    /** The beginning of Spark's message when a sum overflows its type. */
    public static final String OVERFLOW = "rollup sum overflow: ";

    private static final long MICROS_PER_MILLI = 1000;

    private final RollupConfig rollup;
    private final StructType schema;

    public RollupMeasures(RollupConfig rollup, StructType schema) {
        this.rollup = rollup;
        this.schema = schema;
    }

    /** The rows for these events. A row is complete only if all events of its bucket are given. */
    public Dataset<Row> ofEvents(Dataset<Row> events) {
        Column micros = unix_micros(col(Columns.EVENT_TIME));
        Column start =
                timestamp_micros(micros.minus(pmod(micros, lit(rollup.bucket().toMillis() * MICROS_PER_MILLI))));
        Dataset<Row> inBuckets = events.withColumn(Columns.BUCKET_START, start)
                .withColumn(Columns.EVENT_DATE, to_date(col(Columns.BUCKET_START)));
        return aggregated(inBuckets, this::ofEvents);
    }

    /** One row for each bucket and group of {@code parts}, which have this rollup's schema. */
    public Dataset<Row> together(Dataset<Row> parts) {
        return aggregated(parts, this::together);
    }

    private Dataset<Row> aggregated(Dataset<Row> rows, Function<MeasureConfig, Column> measured) {
        List<Column> keys = new ArrayList<>(List.of(col(Columns.EVENT_DATE), col(Columns.BUCKET_START)));
        rollup.groupBy().forEach(group -> keys.add(col(group)));
        List<Column> aggregates = new ArrayList<>();
        rollup.measures()
                .forEach(measure -> aggregates.add(measured.apply(measure).as(stored(measure))));
        Dataset<Row> grouped = rows.groupBy(keys.toArray(Column[]::new))
                .agg(aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new));
        for (MeasureConfig measure : rollup.measures()) {
            if (measure.type() == MeasureType.APPROX_DISTINCT) {
                grouped = grouped.withColumn(measure.name(), hll_sketch_estimate(col(measure.sketch())));
            }
        }
        return grouped.select(Arrays.stream(schema.fields())
                .map(field -> col(field.name()).cast(field.dataType()).as(field.name(), field.metadata()))
                .toArray(Column[]::new));
    }

    private Column ofEvents(MeasureConfig measure) {
        Column value = measure.column().map(column -> col(column)).orElse(lit(1));
        return switch (measure.type()) {
            case COUNT -> count(value);
            case SUM -> checkedSum(measure, value);
            case MIN -> min(value);
            case MAX -> max(value);
            case APPROX_DISTINCT -> hll_sketch_agg(value.cast(DataTypes.StringType));
        };
    }

    private Column together(MeasureConfig measure) {
        Column value = col(stored(measure));
        return switch (measure.type()) {
            case COUNT -> sum(value);
            case SUM -> checkedSum(measure, value);
            case MIN -> min(value);
            case MAX -> max(value);
            case APPROX_DISTINCT -> hll_union_agg(value);
        };
    }

    /** Fails on overflow. Spark would return null, which would look like no values. */
    private Column checkedSum(MeasureConfig measure, Column value) {
        DataType type = schema.apply(measure.name()).dataType();
        Column sum = sum(value.cast(type));
        if (!(type instanceof DecimalType)) {
            return sum;
        }
        return when(
                        sum.isNull().and(count(value).gt(0)),
                        raise_error(lit(OVERFLOW + measure + " does not fit " + type.simpleString())))
                .otherwise(sum);
    }

    private static String stored(MeasureConfig measure) {
        return measure.type() == MeasureType.APPROX_DISTINCT ? measure.sketch() : measure.name();
    }
}
