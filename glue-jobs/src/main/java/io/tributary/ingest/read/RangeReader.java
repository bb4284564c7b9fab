package io.tributary.ingest.read;

import io.tributary.ingest.discovery.KafkaErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Reads a task's ranges. First come the records of all ranges, then closing rows that say what became of each range. A
 * range that could not be read to its end has two closing rows: what was read, and what is deferred. The rows have the
 * schema {@link SourceColumns#SCHEMA}.
 */
final class RangeReader implements PartitionReader<InternalRow> {

    private final RangeInputPartition task;
    private final ConsumerPool pool;
    private final SourceRows rows;
    private final List<RangeProgress> ranges;
    private Optional<RangeConsumer> consumer = Optional.empty();
    private RecordFetcher fetcher;
    private Iterator<RecordFetcher.Fetched> fetched =
            List.<RecordFetcher.Fetched>of().iterator();
    private Deque<InternalRow> closing;
    private InternalRow row;

    RangeReader(RangeInputPartition task, ConsumerPool pool) {
        this.task = task;
        this.pool = pool;
        this.rows = SourceRows.of(task.plannedAt(), task.overrides());
        this.ranges = task.ranges().stream().map(RangeProgress::new).toList();
    }

    @Override
    public boolean next() throws UnreplayableBatchException {
        if (closing == null && !fetched.hasNext()) {
            fetch();
        }
        if (fetched.hasNext()) {
            row = recordRow(fetched.next());
            return true;
        }
        row = closing.poll();
        return row != null;
    }

    private void fetch() throws UnreplayableBatchException {
        if (fetcher == null && ranges.stream().anyMatch(RangeProgress::isOpen)) {
            open();
        }
        List<RecordFetcher.Fetched> records = fetcher == null ? List.of() : fetcher.fetch();
        fetched = records.iterator();
        if (records.isEmpty()) {
            requireAll();
            closing = rows.closing(ranges, fetcher == null ? Duration.ZERO : fetcher.waited());
            release();
        }
    }

    private void open() {
        BatchPhase.requireFirstReading();
        try {
            consumer = Optional.of(pool.take(task.consumer(), task.limits().stallTimeout()));
            fetcher = new RecordFetcher(
                    consumer.get(), ranges, task.limits(), SchemaPreparation.of(task.consumer()), System::nanoTime);
        } catch (RuntimeException | LinkageError e) {
            if (e instanceof RuntimeException failure && KafkaErrors.isOfTask(failure)) {
                throw failure;
            }
            ranges.stream().filter(RangeProgress::isOpen).forEach(range -> range.close(KafkaErrors.describe(e)));
        }
    }

    private void requireAll() throws UnreplayableBatchException {
        if (task.limits().mustReadAll()) {
            for (RangeProgress range : ranges) {
                if (range.isCut()) {
                    throw new UnreplayableBatchException(range.range().offsets(), task.plannedAt(), range.error());
                }
            }
        }
    }

    private InternalRow recordRow(RecordFetcher.Fetched fetched) {
        ConsumerRecord<byte[], byte[]> record = fetched.record();
        Instant timestamp = record == null ? null : KafkaTimestamp.of(record);
        RangeProgress range = fetched.range();
        return rows.record(
                range,
                fetched.offset(),
                new SourceRows.Coordinates(
                        UTF8String.fromString(range.range().kafkaTopic()),
                        range.range().partition(),
                        fetched.offset(),
                        timestamp == null ? null : timestamp.toEpochMilli() * 1000,
                        range.topicIdentity()),
                record == null ? RecordContent.NONE : RecordContent.of(record),
                fetched.error());
    }

    @Override
    public InternalRow get() {
        return row;
    }

    private void release() {
        consumer.ifPresent(used -> {
            if (fetcher != null && fetcher.isHealthy()) {
                pool.release(used);
            } else {
                used.close();
            }
        });
        consumer = Optional.empty();
    }

    /** If the reader is closed before its end, the consumer's position is unknown. */
    @Override
    public void close() {
        consumer.ifPresent(RangeConsumer::close);
        consumer = Optional.empty();
    }
}
