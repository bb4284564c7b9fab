package io.tributary.ingest.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.ReadProgressJson;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicPartitionId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.connector.read.streaming.Offset;

/**
 * The source's offset: the read progress after the batch that ends here, and everything else that the batch does. Spark
 * writes it into its log before the batch begins, so it is decided once. Its JSON is
 * {@code {"#planned_at": millis, "dc": {"topic": {"partition": offset}}}}. Where they are not empty, {@code #pending},
 * {@code #again}, {@code #lost}, {@code #expired} and what is known of the logs are added. No data center's name begins
 * with #.
 */
public final class SourceOffset extends Offset {

    private static final String PLANNED_AT = "#planned_at";
    private static final String PENDING = "#pending";
    private static final String AGAIN = "#again";
    private static final String LOST = "#lost";
    private static final String EXPIRED = "#expired";
    private static final String PREFIX = "#";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final long plannedAt;
    private final ReadProgress readProgress;
    private final SortedSet<OffsetRange> again;
    private final SortedSet<OffsetRange> lost;
    private final SortedSet<OffsetRange> expired;

    /**
     * @param plannedAt when the batch was planned, milliseconds since the epoch; unique
     * @param readProgress the progress after the batch, if all planned ranges can be read
     * @param again deferred ranges that the batch is to read
     * @param lost ranges that Kafka no longer has and that the batch skips
     * @param expired ranges that retention deleted before anything of their partition was read
     */
    SourceOffset(
            long plannedAt,
            ReadProgress readProgress,
            SortedSet<OffsetRange> again,
            SortedSet<OffsetRange> lost,
            SortedSet<OffsetRange> expired) {
        this.plannedAt = plannedAt;
        this.readProgress = readProgress;
        this.again = Collections.unmodifiableSortedSet(new TreeSet<>(again));
        this.lost = Collections.unmodifiableSortedSet(new TreeSet<>(lost));
        this.expired = Collections.unmodifiableSortedSet(new TreeSet<>(expired));
    }

    public static SourceOffset startingAt(long plannedAt, ReadProgress readProgress) {
        return new SourceOffset(plannedAt, readProgress, new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    /** @throws IllegalArgumentException if the text is not an offset of this source */
    public static SourceOffset parse(String json) {
        try {
            ObjectNode root = (ObjectNode) JSON.readTree(json);
            JsonNode plannedAt = root.required(PLANNED_AT);
            if (!plannedAt.isIntegralNumber() || !plannedAt.canConvertToLong()) {
                throw new IllegalArgumentException("no time: " + plannedAt);
            }
            SortedSet<OffsetRange> pending = OffsetRange.fromJson(root.path(PENDING));
            SortedSet<OffsetRange> again = OffsetRange.fromJson(root.path(AGAIN));
            SortedSet<OffsetRange> lost = OffsetRange.fromJson(root.path(LOST));
            SortedSet<OffsetRange> expired = OffsetRange.fromJson(root.path(EXPIRED));
            ObjectNode offsets = root.deepCopy();
            offsets.remove(List.of(PLANNED_AT, PENDING, AGAIN, LOST, EXPIRED));
            offsets.remove(ReadProgressJson.logFields(PREFIX));
            ReadProgress readProgress =
                    ReadProgressJson.readLogs(PartitionOffsets.fromJson(offsets), pending, root, PREFIX);
            return new SourceOffset(plannedAt.longValue(), readProgress, again, lost, expired);
        } catch (JsonProcessingException | ClassCastException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not an offset of this source: " + json, e);
        }
    }

    public long plannedAt() {
        return plannedAt;
    }

    public ReadProgress readProgress() {
        return readProgress;
    }

    PartitionOffsets positions() {
        return readProgress.positions();
    }

    public SortedSet<OffsetRange> again() {
        return again;
    }

    SortedSet<OffsetRange> lost() {
        return lost;
    }

    SortedSet<OffsetRange> expired() {
        return expired;
    }

    /** Partitions that begin with the batch that ends here, for the first time or after a reset. */
    PartitionOffsets begunSince(SourceOffset from) {
        SortedMap<TopicPartitionId, Long> newPartitions =
                new TreeMap<>(positions().offsets());
        newPartitions
                .keySet()
                .removeIf(
                        partition -> from.positions().of(partition).isPresent() && !isRecreatedSince(from, partition));
        return new PartitionOffsets(newPartitions);
    }

    /** The ranges that continue where the previous batch ended. */
    SortedSet<OffsetRange> goneOnSince(SourceOffset from) {
        SortedSet<OffsetRange> ranges = new TreeSet<>();
        positions().offsets().forEach((partition, until) -> from.positions()
                .of(partition)
                .filter(position -> position < until && !isRecreatedSince(from, partition))
                .ifPresent(position -> ranges.add(new OffsetRange(partition, position, until))));
        ranges.removeAll(lost);
        ranges.removeAll(expired);
        return ranges;
    }

    private boolean isRecreatedSince(SourceOffset from, TopicPartitionId partition) {
        return generation(this, partition) > generation(from, partition);
    }

    private static int generation(SourceOffset offset, TopicPartitionId partition) {
        return offset.readProgress
                .identityOf(partition)
                .map(TopicIdentity::generation)
                .orElse(0);
    }

    /** Truncated logs. */
    SortedSet<OffsetRange> truncatedSince(SourceOffset from) {
        SortedSet<OffsetRange> truncated = new TreeSet<>(readProgress.truncated());
        truncated.removeAll(from.readProgress.truncated());
        return truncated;
    }

    @Override
    public String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put(PLANNED_AT, plannedAt);
        put(root, PENDING, readProgress.pending());
        put(root, AGAIN, again);
        put(root, LOST, lost);
        put(root, EXPIRED, expired);
        ReadProgressJson.writeLogs(readProgress, root, PREFIX);
        root.setAll(readProgress.positions().toJson());
        return root.toString();
    }

    private static void put(ObjectNode root, String key, SortedSet<OffsetRange> ranges) {
        if (!ranges.isEmpty()) {
            root.set(key, OffsetRange.toJson(ranges));
        }
    }
}
