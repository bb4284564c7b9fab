package io.tributary.ingest.source;

import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads a task's ranges: the records of each, then its closing row. The rows are of {@link SourceColumns#SCHEMA}. */
final class RangeReader implements PartitionReader<InternalRow> {

    /** Where Spark's Kafka source puts what we take from its rows. */
    private static final int KAFKA_VALUE = 1;

    private static final int KAFKA_OFFSET = 4;
    private static final int KAFKA_TIMESTAMP = 5;

    private final Iterator<RangeRead> ranges;
    private final long arrivalMicros;
    private RangeRead range;
    private PartitionReader<InternalRow> records;
    private UTF8String dataCenter;
    private UTF8String topic;
    private long read;
    private InternalRow row;

    RangeReader(RangePartition partition) {
        this.ranges = partition.ranges().iterator();
        this.arrivalMicros = Math.multiplyExact(partition.arrival(), 1000L);
    }

    @Override
    public boolean next() throws IOException {
        if (range == null) {
            if (!ranges.hasNext()) {
                return false;
            }
            open(ranges.next());
        }
        if (records != null && nextRecord()) {
            read++;
            InternalRow kafka = records.get();
            byte[] value = kafka.isNullAt(KAFKA_VALUE) ? null : kafka.getBinary(KAFKA_VALUE);
            row = row(kafka.getLong(KAFKA_OFFSET), kafka.getLong(KAFKA_TIMESTAMP), value, null, null);
            return true;
        }
        row = row(range.from(), null, null, range.until(), read);
        close();
        range = null;
        return true;
    }

    private void open(RangeRead next) {
        range = next;
        read = 0;
        dataCenter = UTF8String.fromString(next.dataCenter());
        topic = UTF8String.fromString(next.topic());
        records = next.planned() == null ? null : next.factory().createReader(next.planned());
    }

    private boolean nextRecord() throws IOException {
        try {
            return records.next();
        } catch (IOException | RuntimeException e) {
            // Spark's message names topic and partition but not whose; operators need the data centre.
            throw new IOException("data centre " + range.dataCenter() + " cannot be read: " + range, e);
        }
    }

    private InternalRow row(long offset, Long timestamp, byte[] value, Long until, Long count) {
        return new GenericInternalRow(new Object[] {
            dataCenter, topic, range.partition(), offset, timestamp, value, arrivalMicros, until, count
        });
    }

    @Override
    public InternalRow get() {
        return row;
    }

    @Override
    public void close() throws IOException {
        if (records != null) {
            records.close();
            records = null;
        }
    }
}
