package io.tributary.ingest.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;

import io.tributary.columns.Columns;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.lake.commit.ReplayedRows;
import io.tributary.offsets.TopicPartitionId;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts the events of a batch that are staged with the coordinates of an earlier reading. */
final class ReplayedCount {

    private ReplayedCount() {}

    /** By partition in Kafka. */
    static SortedMap<TopicPartitionId, ReplayedRows> of(Dataset<Row> batch) {
        SortedMap<TopicPartitionId, ReplayedRows> replayed = new TreeMap<>();
        batch.where(col(SourceColumns.RANGE_TOPIC).isNotNull())
                .where(col(Decoding.DECODED).getField(Columns.REASON).isNull())
                .where(not(col(BatchWriter.ERASED)))
                .groupBy(Columns.KAFKA_CLUSTER, Columns.KAFKA_TOPIC, Columns.KAFKA_PARTITION)
                .agg(count(lit(1)), min(Columns.KAFKA_OFFSET), max(Columns.KAFKA_OFFSET))
                .collectAsList()
                .forEach(row -> replayed.put(
                        new TopicPartitionId(row.getString(0), row.getString(1), row.getInt(2)),
                        new ReplayedRows(row.getLong(3), row.getLong(4), row.getLong(5))));
        return replayed;
    }
}
