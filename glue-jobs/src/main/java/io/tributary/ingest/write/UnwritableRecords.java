package io.tributary.ingest.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.tributary.columns.Columns;
import io.tributary.error.Failures;
import io.tributary.ingest.decode.DecodeResult;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.read.BatchPhase;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.lake.log.DeltaTables;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.StorageFailures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the records for whose sake a batch cannot be written, by writing ever smaller parts of it to a scratch folder, and
 * marks them as rejected. So a value that no decoder foresaw costs its own record alone.
 */
final class UnwritableRecords {

    private static final Logger LOG = LoggerFactory.getLogger(UnwritableRecords.class);

    /** More than these are no few odd records but a fault that has to be mended. */
    static final int MAX_RECORDS = 50;

    private static final String PARQUET = "parquet";
    private static final String DELTA = "delta";
    private static final String REASON =
            DecodeResult.Reason.UNWRITABLE_RECORD.name().toLowerCase(Locale.ROOT);

    private final String scratch;

    /** @param scratch URI of a folder to which parts of batches are written, and removed again */
    UnwritableRecords(String scratch) {
        this.scratch = scratch;
    }

    /**
     * The batch with those records marked as rejected that cannot be written.
     *
     * @param ranges of the batch
     * @param toWrite what the failed write made of the batch
     * @throws RuntimeException the failure itself if it is not the records' fault
     */
    Dataset<Row> reject(
            Dataset<Row> batch, Collection<OffsetRange> ranges, UnaryOperator<Dataset<Row>> toWrite, Exception failure)
            throws Exception {
        if (!mayBeOfRows(failure) || fails(batch.where(lit(false)), toWrite, DELTA, failure) != null) {
            throw failure;
        }
        // A plain file is written faster than a table, and mostly shows the same.
        String format = fails(batch, toWrite, PARQUET, failure) != null ? PARQUET : DELTA;
        SortedMap<TopicPartitionId, SortedMap<Long, String>> found = new TreeMap<>();
        int count = 0;
        Deque<List<OffsetRange>> suspects = new ArrayDeque<>();
        suspects.push(List.copyOf(ranges));
        while (!suspects.isEmpty()) {
            List<OffsetRange> part = suspects.pop();
            String words = fails(batch.where(within(part)), toWrite, format, failure);
            if (words == null) {
                continue;
            }
            OffsetRange first = part.get(0);
            if (part.size() > 1 || first.until() - first.from() > 1) {
                halves(part).forEach(suspects::push);
            } else if (++count > MAX_RECORDS) {
                throw new IllegalStateException(
                        "More than " + MAX_RECORDS + " records of the batch cannot be written, among them " + first
                                + ": " + words,
                        failure);
            } else {
                found.computeIfAbsent(first.partition(), partition -> new TreeMap<>())
                        .put(first.from(), words);
            }
        }
        if (found.isEmpty()) {
            throw failure;
        }
        found.forEach((partition, offsets) -> LOG.warn(
                "ingest[dc={}]: {} records of {} cannot be written and go to quarantine as {}: {}",
                partition.dataCenter(),
                offsets.size(),
                partition,
                REASON,
                offsets));
        return rejected(batch, found);
    }

    /** False for failures that come from elsewhere than the rows: from storage, a stop, or another driver. */
    private static boolean mayBeOfRows(Exception failure) {
        return StorageFailures.explain(failure).isEmpty()
                && !BatchPhase.isRefusedReading(failure)
                && Failures.chain(failure).stream()
                        .noneMatch(cause -> cause instanceof InterruptedException
                                || cause instanceof java.io.InterruptedIOException
                                || cause instanceof java.nio.channels.ClosedByInterruptException
                                || cause instanceof CommitConflictException
                                || cause.getClass().getName().startsWith("io.delta.exceptions."));
    }

    /**
     * What a write of these rows fails with; null if it does not.
     *
     * @param original thrown anew if the trial fails for a reason that is none of the rows
     */
    private String fails(Dataset<Row> rows, UnaryOperator<Dataset<Row>> toWrite, String format, Exception original)
            throws Exception {
        String folder = scratch + "/" + UUID.randomUUID();
        try {
            toWrite.apply(rows).coalesce(1).write().format(format).save(folder);
            return null;
        } catch (Exception e) { // Spark throws checked exceptions that its Java signatures do not declare.
            if (!mayBeOfRows(e)) {
                original.addSuppressed(e);
                throw original;
            }
            return Failures.rootLine(e);
        } finally {
            remove(rows, folder);
        }
    }

    private static void remove(Dataset<Row> rows, String folder) {
        Path path = new Path(folder);
        DeltaTables.forget(rows.sparkSession(), folder);
        try {
            path.getFileSystem(rows.sparkSession().sessionState().newHadoopConf())
                    .delete(path, true);
        } catch (IOException e) {
            throw new UncheckedIOException("The scratch folder " + folder + " cannot be removed", e);
        }
    }

    private static List<List<OffsetRange>> halves(List<OffsetRange> part) {
        if (part.size() > 1) {
            int middle = part.size() / 2;
            return List.of(part.subList(0, middle), part.subList(middle, part.size()));
        }
        OffsetRange range = part.get(0);
        long middle = range.from() + (range.until() - range.from()) / 2;
        return List.of(
                List.of(new OffsetRange(range.partition(), range.from(), middle)),
                List.of(new OffsetRange(range.partition(), middle, range.until())));
    }

    /** As a tree of little depth: Spark's planner descends into it, and a batch may have thousands of ranges. */
    static Column within(List<OffsetRange> part) {
        if (part.isEmpty()) {
            return lit(false);
        }
        if (part.size() > 1) {
            List<List<OffsetRange>> halves = halves(part);
            return within(halves.get(0)).or(within(halves.get(1)));
        }
        OffsetRange range = part.get(0);
        return isOf(range.partition())
                .and(SourceColumns.rangeOffset().geq(range.from()))
                .and(SourceColumns.rangeOffset().lt(range.until()));
    }

    private static Column isOf(TopicPartitionId partition) {
        return col(Columns.KAFKA_CLUSTER)
                .equalTo(partition.dataCenter())
                .and(SourceColumns.rangeTopic().equalTo(partition.topic()))
                .and(SourceColumns.rangePartition().equalTo(partition.partition()));
    }

    private static Dataset<Row> rejected(
            Dataset<Row> batch, SortedMap<TopicPartitionId, SortedMap<Long, String>> found) {
        Column detail = lit(null).cast("string");
        for (var partition : found.entrySet()) {
            for (var record : partition.getValue().entrySet()) {
                Column isRecord = isOf(partition.getKey())
                        .and(SourceColumns.rangeOffset().equalTo(record.getKey()))
                        .and(col(SourceColumns.RANGE_UNTIL).isNull());
                detail = when(isRecord, lit(record.getValue())).otherwise(detail);
            }
        }
        Column decoded = col(Decoding.DECODED);
        Column marked = decoded.withField(Columns.REASON, lit(REASON)).withField(Columns.DETAIL, detail);
        return batch.withColumn(
                        Decoding.DECODED, when(detail.isNotNull(), marked).otherwise(decoded))
                // The time by Kafka's log may be what cannot be written; the coordinates lead to it.
                .withColumn(
                        Columns.KAFKA_TIMESTAMP,
                        when(detail.isNotNull(), lit(null)).otherwise(col(Columns.KAFKA_TIMESTAMP)));
    }
}
