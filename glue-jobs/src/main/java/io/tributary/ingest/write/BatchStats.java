package io.tributary.ingest.write;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.when;

import io.tributary.columns.Columns;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.read.RangeOutcome;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.lake.commit.AppendTimes;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.ReplayedRows;
import io.tributary.offsets.BatchProgress;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What became of every record of a batch, counted in one pass over its rows.
 *
 * @param plannedAt when the batch was planned, milliseconds since the epoch; 0 if it has no rows
 * @param ranges the ranges that it carried; what was read and is in no row was a duplicate
 * @param deferred the ranges that it was to carry and that could not be read
 * @param lost the ranges that Kafka no longer had and an operator gave up
 * @param expired the ranges that retention took before anything of their partition was read
 * @param truncated what was read before and the log has no more
 * @param identities of the topics that the ranges belong to
 * @param readErrors why ranges of a partition could not be read
 * @param late rows that are to be staged and are late, by data center
 * @param times when its rows were appended in Kafka, by data center
 * @param appended the same by partition, with quantiles
 * @param replayed rows that are staged with the coordinates of an earlier reading, by partition in Kafka
 */
record BatchStats(
        long plannedAt,
        SortedMap<TopicPartitionId, RangeStats> ranges,
        SortedSet<OffsetRange> deferred,
        SortedSet<OffsetRange> lost,
        SortedSet<OffsetRange> expired,
        SortedSet<OffsetRange> truncated,
        SortedMap<TopicName, TopicIdentity> identities,
        SortedMap<TopicPartitionId, String> readErrors,
        SortedMap<String, Long> late,
        SortedMap<String, AppendTimeStats> times,
        SortedMap<TopicPartitionId, AppendTimes> appended,
        SortedMap<TopicPartitionId, ReplayedRows> replayed) {

    private static final String CLOSING = "closing";
    private static final String STAGED = "staged";
    private static final String LATE = "late";
    private static final String QUARANTINED = "quarantined";
    private static final String ERASED_ROWS = "erased_rows";
    private static final String WITHOUT_EVENT = "without_event";
    private static final String WITHOUT_TIMESTAMP = "without_timestamp";

    /**
     * @param batch with {@link BatchWriter#ERASED}
     * @param isOnTime whether a row is on time
     */
    static BatchStats of(Dataset<Row> batch, Column isOnTime) {
        Column reason = col(Decoding.DECODED).getField(Columns.REASON);
        Column isClosing = col(SourceColumns.RANGE_UNTIL).isNotNull();
        Column isRecord = not(isClosing);
        Column isErased = col(BatchWriter.ERASED);
        Column isRejected = reason.isNotNull().and(reason.notEqual(Decoding.WITHOUT_EVENT));
        Column isEvent = isRecord.and(reason.isNull()).and(not(isErased));
        Column appended = unix_millis(col(Columns.KAFKA_TIMESTAMP));
        Dataset<Row> counted = batch.groupBy(
                        col(Columns.KAFKA_CLUSTER),
                        SourceColumns.rangeTopic().as(Columns.KAFKA_TOPIC),
                        SourceColumns.rangePartition().as(Columns.KAFKA_PARTITION))
                .agg(
                        // A partition has one or two, whatever became of its records.
                        collect_list(when(isClosing, closing())).as(CLOSING),
                        count(when(isEvent, lit(1))).as(STAGED),
                        count(when(isEvent.and(not(isOnTime)), lit(1))).as(LATE),
                        count(when(isRecord.and(isErased), lit(1))).as(ERASED_ROWS),
                        count(when(isRecord.and(isRejected).and(not(isErased)), lit(1)))
                                .as(QUARANTINED),
                        count(when(
                                        isRecord.and(reason.eqNullSafe(Decoding.WITHOUT_EVENT))
                                                .and(not(isErased)),
                                        lit(1)))
                                .as(WITHOUT_EVENT),
                        coalesce(
                                        sum(when(
                                                not(isErased),
                                                col(Decoding.DECODED).getField(Decoding.CAST_FAILURES))),
                                        lit(0L))
                                .as(Decoding.CAST_FAILURES),
                        count(when(isRecord.and(appended.isNull()), lit(1))).as(WITHOUT_TIMESTAMP),
                        AppendTimeColumns.of(appended));
        Counting counting = new Counting();
        counted.collectAsList().forEach(counting::add);
        return counting.stats(counting.readAgain() ? ReplayedCount.of(batch) : new TreeMap<>());
    }

    private static Column closing() {
        return struct(
                col(Columns.KAFKA_OFFSET),
                unix_millis(col(SourceColumns.PLANNED_AT)).as(SourceColumns.PLANNED_AT),
                col(SourceColumns.RANGE_KIND),
                col(SourceColumns.RANGE_UNTIL),
                col(SourceColumns.RANGE_READ),
                col(SourceColumns.RANGE_MILLIS),
                col(SourceColumns.RANGE_LEADER_EPOCH),
                col(SourceColumns.READ_ERROR),
                col(Columns.KAFKA_TOPIC_ID));
    }

    /** Gathers the partitions of a batch. */
    private static final class Counting {

        private final SortedMap<TopicPartitionId, RangeStats> ranges = new TreeMap<>();
        private final SortedSet<OffsetRange> deferred = new TreeSet<>();
        private final SortedSet<OffsetRange> lost = new TreeSet<>();
        private final SortedSet<OffsetRange> expired = new TreeSet<>();
        private final SortedSet<OffsetRange> truncated = new TreeSet<>();
        private final SortedMap<TopicName, TopicIdentity> identities = new TreeMap<>();
        private final SortedMap<TopicPartitionId, String> readErrors = new TreeMap<>();
        private final SortedMap<String, Long> late = new TreeMap<>();
        private final SortedMap<String, AppendTimeStats> times = new TreeMap<>();
        private final SortedMap<TopicPartitionId, AppendTimes> appended = new TreeMap<>();
        private long plannedAt;

        void add(Row row) {
            TopicPartitionId partition = new TopicPartitionId(
                    row.getAs(Columns.KAFKA_CLUSTER),
                    row.getAs(Columns.KAFKA_TOPIC),
                    row.<Integer>getAs(Columns.KAFKA_PARTITION));
            for (Row closing : row.<Row>getList(row.fieldIndex(CLOSING))) {
                addClosing(partition, row, closing);
            }
            if (ReplayTopic.isByRequest(partition.topic())) {
                return; // How late it is says nothing of how the data center does.
            }
            late.merge(partition.dataCenter(), row.<Long>getAs(LATE), Long::sum);
            if (AppendTimeColumns.areKnown(row)) {
                times.merge(partition.dataCenter(), AppendTimeColumns.stats(row), AppendTimeStats::plus);
                appended.put(partition, AppendTimeColumns.quantiles(row));
            }
        }

        private void addClosing(TopicPartitionId partition, Row row, Row closing) {
            long from = closing.<Long>getAs(Columns.KAFKA_OFFSET);
            long until = closing.<Long>getAs(SourceColumns.RANGE_UNTIL);
            plannedAt = Math.max(plannedAt, closing.<Long>getAs(SourceColumns.PLANNED_AT));
            switch (RangeOutcome.valueOf(closing.getAs(SourceColumns.RANGE_KIND))) {
                case READ -> ranges.put(partition, range(partition, row, closing, from, until));
                case DEFERRED -> deferred.add(new OffsetRange(partition, from, until));
                case LOST -> lost.add(new OffsetRange(partition, from, until));
                case EXPIRED -> expired.add(new OffsetRange(partition, from, until));
                case TRUNCATED -> truncated.add(new OffsetRange(partition, from, until));
            }
            String identity = closing.getAs(Columns.KAFKA_TOPIC_ID);
            if (identity != null) {
                identities.put(TopicName.of(partition), TopicIdentity.parse(identity));
            }
            String error = closing.getAs(SourceColumns.READ_ERROR);
            if (error != null) {
                readErrors.put(partition, error);
            }
        }

        private static RangeStats range(TopicPartitionId partition, Row row, Row closing, long from, long until) {
            long read = closing.<Long>getAs(SourceColumns.RANGE_READ);
            long staged = row.<Long>getAs(STAGED);
            long quarantined = row.<Long>getAs(QUARANTINED);
            long erased = row.<Long>getAs(ERASED_ROWS);
            long withoutEvent = row.<Long>getAs(WITHOUT_EVENT);
            return new RangeStats(
                    from,
                    until,
                    read,
                    staged,
                    read - staged - quarantined - erased - withoutEvent,
                    quarantined,
                    row.<Long>getAs(Decoding.CAST_FAILURES),
                    closing.<Long>getAs(SourceColumns.RANGE_MILLIS),
                    ReplayTopic.isByRequest(partition.topic()) ? 0 : row.<Long>getAs(WITHOUT_TIMESTAMP),
                    closing.<Integer>getAs(SourceColumns.RANGE_LEADER_EPOCH),
                    erased,
                    withoutEvent);
        }

        boolean readAgain() {
            return ranges.keySet().stream().anyMatch(partition -> ReplayTopic.isAgain(partition.topic()));
        }

        BatchStats stats(SortedMap<TopicPartitionId, ReplayedRows> replayed) {
            return new BatchStats(
                    plannedAt,
                    ranges,
                    deferred,
                    lost,
                    expired,
                    truncated,
                    identities,
                    readErrors,
                    late,
                    times,
                    appended,
                    replayed);
        }
    }

    /** Whether commit metadata is of the same ranges, read and not read, and of as many events. */
    boolean isSame(BatchMetadata metadata) {
        return deferred.equals(metadata.deferred())
                && lost.equals(metadata.lost())
                && expired.equals(metadata.expired())
                && truncated.equals(metadata.truncated())
                && ranges.keySet().equals(metadata.ranges().keySet())
                && ranges.entrySet().stream().allMatch(entry -> {
                    RangeStats other = metadata.ranges().get(entry.getKey());
                    return other.from() == entry.getValue().from()
                            && other.until() == entry.getValue().until()
                            && events(other) == events(entry.getValue());
                });
    }

    /** Which of them are duplicates, or erased, is not for the records alone to say. */
    private static long events(RangeStats range) {
        return range.read() - range.quarantined() - range.withoutEvent();
    }

    /** The ranges that it carried, without those of no offset. */
    List<OffsetRange> offsets() {
        return ranges.entrySet().stream()
                .filter(entry -> entry.getValue().from() < entry.getValue().until())
                .map(entry -> new OffsetRange(
                        entry.getKey(),
                        entry.getValue().from(),
                        entry.getValue().until()))
                .toList();
    }

    /** The topics of which records were read, where their identity is known. */
    SortedMap<TopicName, TopicIdentity> topicsRead() {
        SortedMap<TopicName, TopicIdentity> read = new TreeMap<>();
        ranges.forEach((partition, range) -> {
            TopicName topic = TopicName.of(partition);
            if (range.read() > 0 && identities.containsKey(topic)) {
                read.put(topic, identities.get(topic));
            }
        });
        return read;
    }

    /** What the batch does to the read progress. */
    BatchProgress progress() {
        return BatchProgress.NONE
                .withIdentities(identities)
                .withRanges(ranges)
                .withDeferred(deferred)
                .withLost(lost)
                .withExpired(expired)
                .withTruncated(truncated);
    }

    boolean isEmpty() {
        return ranges.isEmpty() && deferred.isEmpty() && lost.isEmpty() && expired.isEmpty() && truncated.isEmpty();
    }

    long staged() {
        return ranges.values().stream().mapToLong(RangeStats::staged).sum();
    }

    /** How many records are to be put into quarantine: those that are read again lie there, or were events. */
    long quarantined() {
        return ranges.entrySet().stream()
                .filter(entry -> !ReplayTopic.isAgain(entry.getKey().topic()))
                .mapToLong(entry -> entry.getValue().quarantined())
                .sum();
    }
}
