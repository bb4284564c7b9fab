package io.tributary.ingest.read;

import io.tributary.ingest.discovery.KafkaErrors;
import io.tributary.ingest.format.KnownSchemas;
import io.tributary.offsets.ReplayTopic;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Reads a range of a file, by request: first the records, then the closing rows. A file that cannot be read is deferred, as a range of
 * Kafka is.
 */
final class FileRangeReader implements PartitionReader<InternalRow> {

    private static final String TOO_LARGE = "the line has more than " + (PollBudget.MAX_RECORD_BYTES >> 20) + " MiB";
    /**
     * A record of the quarantine is written with four bytes for three of its value and its key, its headers as a text of JSON
     * within JSON, in which a byte takes seven at most, and its coordinates.
     */
    private static final int MAX_KEPT_BYTES =
            (PollBudget.MAX_RECORD_BYTES + RecordContent.MAX_BYTES_OUTSIDE_VALUE) / 3 * 4
                    + RecordContent.MAX_BYTES_OUTSIDE_VALUE * 7
                    + (1 << 16);

    private final FileInputPartition task;
    private final RangeProgress progress;
    private final SourceRows rows;
    private final UTF8String rangeTopic;
    private final boolean isKept;
    private Optional<LineReader> lines = Optional.empty();
    private Deque<InternalRow> closing;
    private long waitedNanos;
    private InternalRow row;

    FileRangeReader(FileInputPartition task) {
        this.task = task;
        this.progress = new RangeProgress(task.range());
        this.rows = SourceRows.of(task.plannedAt(), task.overrides());
        this.rangeTopic = UTF8String.fromString(task.range().topic());
        this.isKept = ReplayTopic.isAgain(task.range().topic());
    }

    @Override
    public boolean next() throws UnreplayableBatchException {
        if (closing == null && progress.isOpen()) {
            long begin = System.nanoTime();
            Optional<InternalRow> found = record();
            waitedNanos += System.nanoTime() - begin;
            if (found.isPresent()) {
                row = found.get();
                return true;
            }
        }
        if (closing == null) {
            if (task.mustReadAll() && progress.isCut()) {
                throw new UnreplayableBatchException(task.range().offsets(), task.plannedAt(), progress.error());
            }
            closing = rows.closing(List.of(progress), Duration.ofNanos(waitedNanos));
        }
        row = closing.poll();
        return row != null;
    }

    /** The next record; empty at the range's end, or if no more can be read. */
    private Optional<InternalRow> record() {
        if (lines.isEmpty()) {
            BatchPhase.requireFirstReading();
        }
        try {
            if (lines.isEmpty()) {
                lines = Optional.of(open());
            }
            while (progress.isOpen()) {
                Optional<LineReader.Line> line = lines.get().next();
                if (line.isEmpty() || line.get().position() >= task.range().until()) {
                    progress.advance(task.range().until());
                } else if (line.get().isBlank()) {
                    progress.advance(line.get().next());
                } else {
                    InternalRow found = row(line.get());
                    progress.take(line.get().next());
                    return Optional.of(found);
                }
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof RuntimeException failure && KafkaErrors.isOfTask(failure)) {
                throw failure;
            }
            progress.close(task.file() + ": " + KafkaErrors.describe(e));
        }
        return Optional.empty();
    }

    private LineReader open() throws IOException {
        Configuration hadoop = task.hadoop().value();
        Path path = new Path(task.file());
        long length = path.getFileSystem(hadoop).getFileStatus(path).getLen();
        if (length != task.length()) {
            throw new IOException("the file has " + length + " bytes, and had " + task.length()
                    + " when it was requested. Put the old one back, or request the new one under its own name");
        }
        return LineReader.open(
                hadoop, task.file(), task.range().from(), isKept ? MAX_KEPT_BYTES : PollBudget.MAX_RECORD_BYTES);
    }

    private InternalRow row(LineReader.Line line) throws IOException {
        if (!isKept) {
            return rows.record(
                    progress,
                    line.position(),
                    new SourceRows.Coordinates(rangeTopic, task.range().partition(), line.position(), null, null),
                    RecordContent.ofValue(line.bytes().orElse(null)),
                    line.bytes().isPresent() ? null : TOO_LARGE);
        }
        QuarantinedRecord kept = QuarantinedRecord.parse(
                line.bytes().orElseThrow(() -> new IOException("a line is longer than any record")));
        prepare(kept);
        return rows.record(
                progress,
                line.position(),
                new SourceRows.Coordinates(
                        UTF8String.fromString(kept.topic()),
                        kept.partition(),
                        kept.offset(),
                        kept.timestamp(),
                        UTF8String.fromString(kept.topicIdentity())),
                kept.content(),
                null);
    }

    private void prepare(QuarantinedRecord kept) {
        if (task.registry() != null) {
            String dataCenter = task.range().dataCenter();
            KnownSchemas.OF_PROCESS.use(dataCenter, task.registry());
            KnownSchemas.OF_PROCESS.prepare(
                    dataCenter,
                    kept.topic(),
                    kept.content().value(),
                    kept.content().key());
        }
    }

    @Override
    public InternalRow get() {
        return row;
    }

    @Override
    public void close() throws IOException {
        if (lines.isPresent()) {
            lines.get().close();
        }
    }
}
