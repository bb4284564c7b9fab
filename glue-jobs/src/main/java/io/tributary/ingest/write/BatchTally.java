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

import io.tributary.account.BatchAccount;
import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.account.Range;
import io.tributary.event.Columns;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.source.RangeKind;
import io.tributary.ingest.source.SourceColumns;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What became of every record of a batch, counted in one pass over its rows.
 *
 * @param arrival when the batch was planned, milliseconds since the epoch; 0 if it has no rows
 * @param ranges the ranges that it carried; what was read and is in no row was a duplicate
 * @param deferred the ranges that it was to carry and that could not be read
 * @param lost the ranges that Kafka no longer had and an operator gave up
 * @param times when its rows were appended in Kafka, by data centre
 */
record BatchTally(
        long arrival,
        SortedMap<PartitionId, Range> ranges,
        SortedSet<OffsetRange> deferred,
        SortedSet<OffsetRange> lost,
        SortedMap<String, KafkaTimes> times) {

    static BatchTally of(Dataset<Row> batch) {
        Column reason = col(Decoding.DECODED).getField(Columns.REASON);
        Column isRecord = col(SourceColumns.RANGE_UNTIL).isNull();
        SortedMap<PartitionId, Range> ranges = new TreeMap<>();
        SortedSet<OffsetRange> deferred = new TreeSet<>();
        SortedSet<OffsetRange> lost = new TreeSet<>();
        SortedMap<String, KafkaTimes> times = new TreeMap<>();
        long arrival = 0;
        Column appended = unix_millis(col(Columns.KAFKA_TIMESTAMP));
        Dataset<Row> counted = batch.groupBy(
                        col(Columns.KAFKA_CLUSTER), col(Columns.KAFKA_TOPIC), col(Columns.KAFKA_PARTITION))
                .agg(
                        min(when(isRecord, lit(null)).otherwise(col(Columns.KAFKA_OFFSET))),
                        max(SourceColumns.RANGE_UNTIL),
                        sum(SourceColumns.RANGE_READ),
                        count(when(isRecord.and(reason.isNull()), lit(1))),
                        count(when(isRecord.and(reason.isNotNull()), lit(1))),
                        coalesce(sum(col(Decoding.DECODED).getField(Decoding.UNFIT)), lit(0L)),
                        max(unix_millis(col(SourceColumns.ARRIVAL))),
                        sum(SourceColumns.RANGE_MILLIS),
                        max(SourceColumns.RANGE_KIND),
                        count(appended),
                        sum(appended.cast(DataTypes.DoubleType)),
                        min(appended),
                        max(appended));
        for (Row row : counted.collectAsList()) {
            PartitionId partition = new PartitionId(row.getString(0), row.getString(1), row.getInt(2));
            switch (RangeKind.valueOf(row.getString(11))) {
                case READ -> ranges.put(partition, range(row));
                case DEFERRED -> deferred.add(new OffsetRange(partition, row.getLong(3), row.getLong(4)));
                case LOST -> lost.add(new OffsetRange(partition, row.getLong(3), row.getLong(4)));
            }
            arrival = Math.max(arrival, row.getLong(9));
            if (row.getLong(12) > 0) {
                times.merge(partition.dataCenter(), times(row), KafkaTimes::plus);
            }
        }
        return new BatchTally(arrival, ranges, deferred, lost, times);
    }

    private static KafkaTimes times(Row row) {
        return new KafkaTimes(row.getLong(12), row.getDouble(13), row.getLong(14), row.getLong(15));
    }

    private static Range range(Row row) {
        long read = row.getLong(5);
        long staged = row.getLong(6);
        long quarantined = row.getLong(7);
        return new Range(
                row.getLong(3),
                row.getLong(4),
                read,
                staged,
                read - staged - quarantined,
                quarantined,
                row.getLong(8),
                row.getLong(10));
    }

    /** Whether an account is of the same ranges, read and not read. */
    boolean carriesWhat(BatchAccount account) {
        return deferred.equals(account.deferred())
                && lost.equals(account.lost())
                && ranges.keySet().equals(account.ranges().keySet())
                && ranges.entrySet().stream().allMatch(entry -> {
                    Range other = account.ranges().get(entry.getKey());
                    return other.from() == entry.getValue().from()
                            && other.until() == entry.getValue().until();
                });
    }

    boolean isEmpty() {
        return ranges.isEmpty() && deferred.isEmpty() && lost.isEmpty();
    }

    long staged() {
        return ranges.values().stream().mapToLong(Range::staged).sum();
    }

    long quarantined() {
        return ranges.values().stream().mapToLong(Range::quarantined).sum();
    }
}
