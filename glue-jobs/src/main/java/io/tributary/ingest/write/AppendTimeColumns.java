package io.tributary.ingest.write;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.tributary.lake.commit.AppendTimes;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** When the rows of a group were appended in Kafka, as one column of an aggregation. */
final class AppendTimeColumns {

    private static final String NAME = "append_times";
    private static final double ONE_PERCENT = 0.01;
    private static final double MEDIAN = 0.5;
    /** The rank of a quantile is right to one part in this many. */
    private static final int QUANTILE_ACCURACY = 1000;

    private AppendTimeColumns() {}

    /** @param appended milliseconds since the epoch; null if it is unknown */
    static Column of(Column appended) {
        return struct(
                        count(appended),
                        sum(appended.cast(DataTypes.DoubleType)),
                        min(appended),
                        max(appended),
                        percentile_approx(appended, lit(new double[] {ONE_PERCENT, MEDIAN}), lit(QUANTILE_ACCURACY)))
                .as(NAME);
    }

    static boolean areKnown(Row group) {
        return times(group).getLong(0) > 0;
    }

    static AppendTimeStats stats(Row group) {
        Row times = times(group);
        return new AppendTimeStats(times.getLong(0), times.getDouble(1), times.getLong(2), times.getLong(3));
    }

    static AppendTimes quantiles(Row group) {
        Row times = times(group);
        List<Long> quantiles = times.getList(4);
        return new AppendTimes(
                times.getLong(0), times.getLong(2), quantiles.get(0), quantiles.get(1), times.getLong(3));
    }

    private static Row times(Row group) {
        return group.getAs(NAME);
    }
}
