package io.tributary.ingest.write;

import static org.apache.spark.sql.functions.udf;

import java.time.Instant;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.types.DataTypes;

/**
 * The time of a batch as a column.
 *
 * <p>Spark writes a literal into the code that it generates, so one that changes with every batch would have every batch
 * compiled anew. A function that Spark does not fold is handed over beside the code, which stays the same.
 */
final class ArrivedAtColumn {

    private ArrivedAtColumn() {}

    static Column column(Instant committedAt) {
        UDF0<Instant> constant = () -> committedAt;
        return udf(constant, DataTypes.TimestampType).asNondeterministic().apply();
    }
}
