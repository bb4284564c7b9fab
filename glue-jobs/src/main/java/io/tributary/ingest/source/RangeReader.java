package io.tributary.ingest.source;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeoutException;
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

    /** A cluster that makes one range wait longer than this is not read now, lest it hold up the whole batch. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Iterator<RangeRead> ranges;
    private final long arrival;
    private RangeRead range;
    private PartitionReader<InternalRow> records;
    private UTF8String dataCenter;
    private UTF8String topic;
    private long read;
    private long waitedNanos;
    private InternalRow row;

    RangeReader(RangePartition partition) {
        this.ranges = partition.ranges().iterator();
        this.arrival = partition.arrival();
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
            row = recordRow(records.get());
            return true;
        }
        row = closingRow();
        close();
        range = null;
        return true;
    }

    private void open(RangeRead next) throws IOException {
        range = next;
        read = 0;
        waitedNanos = 0;
        dataCenter = UTF8String.fromString(next.dataCenter());
        topic = UTF8String.fromString(next.topic());
        long begin = System.nanoTime();
        try {
            records = next.planned() == null ? null : next.factory().createReader(next.planned());
        } catch (RuntimeException e) {
            throw unreadable(e);
        }
        waitedNanos += System.nanoTime() - begin;
    }

    private boolean nextRecord() throws IOException {
        long begin = System.nanoTime();
        boolean found;
        try {
            found = records.next();
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        }
        waitedNanos += System.nanoTime() - begin;
        if (waitedNanos > PATIENCE.toNanos()) {
            throw unreadable(new TimeoutException(read + " records took more than " + PATIENCE.toSeconds() + " s"));
        }
        return found;
    }

    private UnreadableRangeException unreadable(Exception cause) {
        return new UnreadableRangeException(range.offsets(), arrival, cause);
    }

    private InternalRow recordRow(InternalRow kafka) {
        byte[] value = kafka.isNullAt(KAFKA_VALUE) ? null : kafka.getBinary(KAFKA_VALUE);
        return row(kafka.getLong(KAFKA_OFFSET), kafka.getLong(KAFKA_TIMESTAMP), value, null, null, null, null);
    }

    private InternalRow closingRow() {
        long millis = Duration.ofNanos(waitedNanos).toMillis();
        UTF8String kind = UTF8String.fromString(range.kind().name());
        return row(range.from(), null, null, kind, range.until(), read, millis);
    }

    /** In the order of {@link SourceColumns#SCHEMA}. */
    private InternalRow row(
            long offset, Long timestamp, byte[] value, UTF8String kind, Long until, Long count, Long millis) {
        return new GenericInternalRow(new Object[] {
            dataCenter, topic, range.partition(), offset, timestamp, value, arrival * 1000, kind, until, count, millis
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
