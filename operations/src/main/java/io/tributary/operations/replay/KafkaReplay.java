package io.tributary.operations.replay;

import io.tributary.columns.Columns;
import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.read.KafkaTimestamp;
import io.tributary.ingest.read.RecordContent;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.lake.replay.ReplayInput;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.lake.replay.ReplayRequests;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.operations.datacenter.check.SampleReader;
import io.tributary.operations.text.Words;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Offsets of one data center that are to be read again.
 *
 * @param ranges of its topics, without those that Kafka no longer has, or that are not read yet
 * @param expired how many of the offsets asked for Kafka no longer has
 * @param unread how many of them are not read yet; the stream reads them by itself
 */
public record KafkaReplay(List<OffsetRange> ranges, long expired, long unread) {

    private static final int MAX_SAMPLE = 20_000;

    private static final StructType VALUES = new StructType()
            .add(Columns.KAFKA_CLUSTER, DataTypes.StringType)
            .add(Columns.KAFKA_TOPIC, DataTypes.StringType)
            .add(Columns.KAFKA_TIMESTAMP, DataTypes.TimestampType)
            .add(SourceColumns.VALUE, DataTypes.BinaryType)
            .add(SourceColumns.KEY, DataTypes.BinaryType)
            .add(SourceColumns.HEADERS, DataTypes.StringType);

    public KafkaReplay {
        ranges = List.copyOf(ranges);
    }

    /**
     * Cuts what is asked for to what can be read again.
     *
     * @param from where to begin, by partition
     * @param until where to end, exclusive, by partition
     * @param bounds what Kafka holds
     */
    public static KafkaReplay of(
            PartitionOffsets from, PartitionOffsets until, OffsetBounds bounds, ReadProgress progress) {
        List<OffsetRange> ranges = new ArrayList<>();
        long expired = 0;
        long unread = 0;
        for (Map.Entry<TopicPartitionId, Long> entry : from.offsets().entrySet()) {
            TopicPartitionId partition = entry.getKey();
            long begin = entry.getValue();
            long end = until.of(partition).orElse(begin);
            if (begin >= end) {
                continue;
            }
            long earliest = bounds.earliest()
                    .of(partition)
                    .orElseThrow(() -> new InvalidInputException("Partition " + partition.topic() + "-"
                            + partition.partition() + " of " + partition.dataCenter()
                            + " does not answer, or there is none. Run tributary dc check " + partition.dataCenter()
                            + "."));
            long position = progress.positions().of(partition).orElse(0L);
            long first = Math.max(begin, earliest);
            long last = Math.min(end, position);
            expired += Math.max(0, Math.min(end, earliest) - begin);
            unread += Math.max(0, end - Math.max(begin, position));
            if (first < last) {
                ranges.add(new OffsetRange(partition, first, last));
            }
        }
        return new KafkaReplay(ranges, expired, unread);
    }

    public long offsets() {
        return ranges.stream().mapToLong(OffsetRange::offsets).sum();
    }

    /**
     * What would become of the records: of all of them, or of a sample from all over the ranges.
     *
     * @throws org.apache.kafka.common.KafkaException if the brokers refuse
     */
    public DecodePreview preview(
            SampleReader reader,
            DataCenter center,
            SparkSession spark,
            PipelineConfig config,
            LakeEvents lake,
            Instant now) {
        Map<TopicPartition, Long> from = new HashMap<>();
        Map<TopicPartition, Long> until = new HashMap<>();
        ranges.forEach(range -> {
            TopicPartition partition = new TopicPartition(
                    range.partition().topic(), range.partition().partition());
            from.put(partition, range.from());
            until.put(partition, range.until());
        });
        List<Row> values = new ArrayList<>();
        reader.spread(from, until, MAX_SAMPLE).forEach(record -> {
            RecordContent content = RecordContent.of(record);
            values.add(RowFactory.create(
                    center.name(),
                    record.topic(),
                    timestamp(record),
                    content.value(),
                    content.key(),
                    content.headers()));
        });
        DecodePreview preview = DecodePreview.of(
                spark.createDataFrame(values, VALUES), config, new DataCenters(List.of(center)), lake, now);
        return preview.records() >= offsets() ? preview : preview.ofSample(offsets());
    }

    private static Timestamp timestamp(ConsumerRecord<byte[], byte[]> record) {
        Instant time = KafkaTimestamp.of(record);
        return time == null ? null : Timestamp.from(time);
    }

    /** One sentence: {@code 2,100,000 offsets of 12 partitions would be read again.} */
    public String words() {
        return Words.count(offsets()) + " offsets of " + ranges.size()
                + " partitions would be read again."
                + (expired == 0 ? "" : " Kafka no longer has " + Words.count(expired) + " of those asked for.")
                + (unread == 0
                        ? ""
                        : " " + Words.count(unread) + " of those asked for are not read yet; the stream reads them"
                                + " anyway.");
    }

    /** Asks the stream to read them. */
    public ReplayRequest request(
            ReplayWriter writer, ReplayWriter.Author author, OffsetBounds bounds, ReadProgress progress) {
        String id = ReplayRequests.newId(author.at());
        List<ReplayInput> inputs = ranges.stream()
                .map(range -> ReplayInput.ofKafka(
                        new OffsetRange(
                                new TopicPartitionId(
                                        range.partition().dataCenter(),
                                        ReplayTopic.ofKafka(
                                                id, range.partition().topic()),
                                        range.partition().partition()),
                                range.from(),
                                range.until()),
                        progress.identityOf(range.partition())
                                .orElseGet(() ->
                                        bounds.identityOf(range.partition().topic()))
                                .toString()))
                .toList();
        return writer.written(new ReplayRequest(
                id,
                ReplayRequest.Kind.KAFKA,
                author.at(),
                author.by(),
                author.because(),
                author.version(),
                ranges.stream().map(OffsetRange::toString).limit(5).collect(Collectors.joining(", "))
                        + (ranges.size() > 5 ? ", …" : ""),
                inputs,
                new TreeMap<>()));
    }
}
