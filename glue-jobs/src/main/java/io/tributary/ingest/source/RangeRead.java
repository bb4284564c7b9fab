package io.tributary.ingest.source;

import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import java.io.Serializable;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/**
 * What a task does with one offset range of one partition.
 *
 * @param until exclusive
 * @param planned the read as Spark's Kafka source planned it; null if nothing is to be read
 * @param factory makes the reader of {@code planned}; null if nothing is to be read
 */
record RangeRead(
        RangeKind kind,
        String dataCenter,
        String topic,
        int partition,
        long from,
        long until,
        InputPartition planned,
        PartitionReaderFactory factory)
        implements Serializable {

    static RangeRead of(OffsetRange range, InputPartition planned, PartitionReaderFactory factory) {
        PartitionId id = range.partition();
        return new RangeRead(
                RangeKind.READ,
                id.dataCenter(),
                id.topic(),
                id.partition(),
                range.from(),
                range.until(),
                planned,
                factory);
    }

    /** A range that the batch goes without; the accounts say so. */
    static RangeRead without(OffsetRange range, RangeKind kind) {
        PartitionId id = range.partition();
        return new RangeRead(
                kind, id.dataCenter(), id.topic(), id.partition(), range.from(), range.until(), null, null);
    }

    /** A partition that is met for the first time: no records yet, but the accounts say where it begins. */
    static RangeRead firstPosition(PartitionId id, long position) {
        return new RangeRead(
                RangeKind.READ, id.dataCenter(), id.topic(), id.partition(), position, position, null, null);
    }

    /** The offsets; there are none in a first position. */
    OffsetRange offsets() {
        return new OffsetRange(new PartitionId(dataCenter, topic, partition), from, until);
    }

    long records() {
        return planned == null ? 0 : until - from;
    }
}
