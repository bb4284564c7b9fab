package io.tributary.ingest.read;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/** Opens the reader of a task's ranges on the executor. */
public final class RangeReaderFactory implements PartitionReaderFactory {

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        return partition instanceof FileInputPartition file
                ? new FileRangeReader(file)
                : new RangeReader((RangeInputPartition) partition, ConsumerPool.OF_PROCESS);
    }
}
