package io.tributary.ingest.source;

import io.tributary.account.PartitionId;
import java.io.Serializable;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/**
 * One offset range of one partition, to be read by a task.
 *
 * @param until exclusive
 * @param planned the read as Spark's Kafka source planned it; null if the range is empty
 * @param factory makes the reader of {@code planned}; null if the range is empty
 */
record RangeRead(
        String dataCenter,
        String topic,
        int partition,
        long from,
        long until,
        InputPartition planned,
        PartitionReaderFactory factory)
        implements Serializable {

    static RangeRead of(PartitionId id, long from, long until, InputPartition planned, PartitionReaderFactory factory) {
        return new RangeRead(id.dataCenter(), id.topic(), id.partition(), from, until, planned, factory);
    }

    /** A partition that is met for the first time: no records yet, but the accounts say where it begins. */
    static RangeRead firstPosition(PartitionId id, long position) {
        return of(id, position, position, null, null);
    }

    long records() {
        return until - from;
    }

    @Override
    public String toString() {
        return dataCenter + "/" + topic + "-" + partition + " offsets " + from + " to " + until;
    }
}
