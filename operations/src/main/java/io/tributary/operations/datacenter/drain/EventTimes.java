package io.tributary.operations.datacenter.drain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.tributary.columns.Columns;
import io.tributary.lake.log.DeltaTables;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * When the first and the last merged event of a data center happened.
 *
 * @param first empty if it has no merged event
 */
public record EventTimes(Optional<Instant> first, Optional<Instant> last) {

    private static final int SHUFFLE_PARTITIONS = 4;

    /** Reads them from one version of the merged table; takes a Spark session of its own. */
    public static EventTimes of(Lake lake, long mergedVersion, String dataCenter) {
        try (LocalRuntime runtime = LocalRuntime.open("tributary-drain", SHUFFLE_PARTITIONS)) {
            Row span = DeltaTables.at(runtime.spark(), lake.merged(), mergedVersion)
                    .where(col(Columns.KAFKA_CLUSTER)
                            .equalTo(dataCenter)
                            .and(col(Columns.EVENT_DATE).isNotNull()))
                    .agg(min(col(Columns.EVENT_TIME)), max(col(Columns.EVENT_TIME)))
                    .first();
            return new EventTimes(
                    Optional.ofNullable(span.isNullAt(0) ? null : span.getInstant(0)),
                    Optional.ofNullable(span.isNullAt(1) ? null : span.getInstant(1)));
        }
    }
}
