package io.tributary.schema;

import io.tributary.columns.Columns;
import io.tributary.config.ColumnConfig;
import io.tributary.config.ColumnType;
import io.tributary.config.MeasureConfig;
import io.tributary.config.RollupColumns;
import io.tributary.config.RollupConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The schema of a rollup's table: the bucket, the groups, the measures, and the partition. */
public final class RollupSchema {

    private static final int MAX_DIGITS = 38;

    private RollupSchema() {}

    /** @param typed the typed columns of the configuration */
    public static StructType of(RollupConfig rollup, List<ColumnConfig> typed) {
        RollupColumns columns = new RollupColumns(typed);
        List<StructField> fields = new ArrayList<>();
        fields.add(EventSchema.field(
                Columns.BUCKET_START, DataTypes.TimestampType, "Beginning of the bucket of " + rollup.bucket()));
        for (String group : rollup.groupBy()) {
            fields.add(EventSchema.field(
                    group, EventSchema.sparkType(columns.type(group)), "The events' " + group + ", null included"));
        }
        rollup.measures()
                .forEach(measure ->
                        fields.addAll(fields(measure, measure.column().map(columns::type))));
        fields.add(EventSchema.field(Columns.EVENT_DATE, DataTypes.DateType, "UTC date of the bucket"));
        return EventSchema.struct(fields);
    }

    private static List<StructField> fields(MeasureConfig measure, Optional<ColumnType> column) {
        String of = measure.column().orElse("");
        return switch (measure.type()) {
            case COUNT ->
                List.of(EventSchema.field(
                        measure.name(),
                        DataTypes.LongType,
                        column.isPresent() ? "Number of events with a value in " + of : "Number of events"));
            case SUM -> List.of(EventSchema.field(measure.name(), sum(column.orElseThrow()), "Sum of " + of));
            case MIN ->
                List.of(EventSchema.field(measure.name(), EventSchema.sparkType(column.orElseThrow()), "Least " + of));
            case MAX ->
                List.of(EventSchema.field(
                        measure.name(), EventSchema.sparkType(column.orElseThrow()), "Greatest " + of));
            case APPROX_DISTINCT ->
                List.of(
                        EventSchema.field(
                                measure.name(), DataTypes.LongType, "About how many different values " + of + " has"),
                        EventSchema.field(
                                measure.sketch(),
                                DataTypes.BinaryType,
                                "Apache DataSketches HLL sketch of " + of + ", for unions over buckets and groups"));
        };
    }

    /** Wide enough that sums of whole numbers cannot overflow, however many events a bucket has. */
    private static DataType sum(ColumnType column) {
        return column.kind() == ColumnType.Kind.DOUBLE
                ? DataTypes.DoubleType
                : DataTypes.createDecimalType(MAX_DIGITS, column.scale());
    }
}
