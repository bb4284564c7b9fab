package io.tributary.ingest.write;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.when;

import io.tributary.account.PartitionId;
import io.tributary.account.Range;
import io.tributary.event.Columns;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.source.SourceColumns;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What became of every record of a batch, counted in one pass over its rows.
 *
 * @param arrival when the batch was planned, milliseconds since the epoch; 0 if it has no rows
 * @param ranges the ranges that it carried; what was read and is in no row was a duplicate
 */
record BatchTally(long arrival, SortedMap<PartitionId, Range> ranges) {

    static BatchTally of(Dataset<Row> batch) {
        Column reason = col(Decoding.DECODED).getField(Columns.REASON);
        Column isRecord = col(SourceColumns.RANGE_UNTIL).isNull();
        SortedMap<PartitionId, Range> ranges = new TreeMap<>();
        long arrival = 0;
        Dataset<Row> counted = batch.groupBy(
                        col(Columns.KAFKA_CLUSTER), col(Columns.KAFKA_TOPIC), col(Columns.KAFKA_PARTITION))
                .agg(
                        min(when(isRecord, lit(null)).otherwise(col(Columns.KAFKA_OFFSET))),
                        max(SourceColumns.RANGE_UNTIL),
                        sum(SourceColumns.RANGE_READ),
                        count(when(isRecord.and(reason.isNull()), lit(1))),
                        count(when(isRecord.and(reason.isNotNull()), lit(1))),
                        coalesce(sum(col(Decoding.DECODED).getField(Decoding.UNFIT)), lit(0L)),
                        max(unix_millis(col(SourceColumns.ARRIVAL))));
        for (Row row : counted.collectAsList()) {
            PartitionId partition = new PartitionId(row.getString(0), row.getString(1), row.getInt(2));
            ranges.put(partition, range(row));
            arrival = Math.max(arrival, row.getLong(9));
        }
        return new BatchTally(arrival, ranges);
    }

    private static Range range(Row row) {
        long read = row.getLong(5);
        long staged = row.getLong(6);
        long quarantined = row.getLong(7);
        return new Range(
                row.getLong(3), row.getLong(4), read, staged, read - staged - quarantined, quarantined, row.getLong(8));
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    long staged() {
        return ranges.values().stream().mapToLong(Range::staged).sum();
    }

    long quarantined() {
        return ranges.values().stream().mapToLong(Range::quarantined).sum();
    }
}
