package io.tributary.lake.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.offsets.BatchProgress;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionJson;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.ReadProgressJson;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The metadata of one micro-batch, carried by its staging and its quarantine commit.
 *
 * @param sequence number of the batch in the lake's whole life, 1 for the first; no two commits share one
 * @param checkpoint name of the checkpoint that the batch belongs to
 * @param batch Spark's batch id within that checkpoint
 * @param plannedAt when the batch was planned, milliseconds since the epoch; never falls from batch to batch
 * @param committedAt when the batch was written, milliseconds since the epoch; strictly increases
 * @param state what the deduplication state could know
 * @param ranges the offsets that the batch really carried, and what became of the records
 * @param deferred the offsets that it was to carry and that could not be read; they wait
 * @param lost the offsets that Kafka no longer had and an operator gave up
 * @param expired the offsets that retention took before anything of their partition was read
 * @param truncated offsets that were read before and that the log has no more, though they did not expire
 * @param readErrors why ranges of a partition could not be read, in one line each; empty where the time was over
 * @param replayed rows that are staged with the coordinates of an earlier reading, by partition in Kafka
 * @param readProgress what is read of every data center ever read, and what waits, after this batch
 * @param flow how it stood to what Kafka held
 * @param erasures number of the newest erasure that its writer knew; 0 if there was none
 * @param columns {@link io.tributary.config.ColumnDigest} of each typed column in its writer's configuration, by name;
 *     empty if it is not noted
 */
public record BatchMetadata(
        long sequence,
        String checkpoint,
        long batch,
        long plannedAt,
        long committedAt,
        DedupStateInfo state,
        SortedMap<TopicPartitionId, RangeStats> ranges,
        SortedSet<OffsetRange> deferred,
        SortedSet<OffsetRange> lost,
        SortedSet<OffsetRange> expired,
        SortedSet<OffsetRange> truncated,
        SortedMap<TopicPartitionId, String> readErrors,
        SortedMap<TopicPartitionId, ReplayedRows> replayed,
        ReadProgress readProgress,
        FlowInfo flow,
        long erasures,
        SortedMap<String, String> columns)
        implements CommitMetadata {

    /** Every writer of batches claims its numbers under this one name, whatever its checkpoint. */
    public static final String APP_ID = "tributary-ingest";

    static final String KIND = "batch";

    /** The metadata of a batch that met no trouble, and of whose flow nothing is known. */
    public BatchMetadata(
            long sequence,
            String checkpoint,
            long batch,
            long plannedAt,
            long committedAt,
            DedupStateInfo state,
            SortedMap<TopicPartitionId, RangeStats> ranges,
            SortedSet<OffsetRange> deferred,
            SortedSet<OffsetRange> lost,
            ReadProgress readProgress) {
        this(
                sequence,
                checkpoint,
                batch,
                plannedAt,
                committedAt,
                state,
                ranges,
                deferred,
                lost,
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                readProgress,
                FlowInfo.UNKNOWN,
                0,
                new TreeMap<>());
    }

    /** The metadata of a batch that replayed nothing and whose writer knew no erasure. */
    public BatchMetadata(
            long sequence,
            String checkpoint,
            long batch,
            long plannedAt,
            long committedAt,
            DedupStateInfo state,
            SortedMap<TopicPartitionId, RangeStats> ranges,
            SortedSet<OffsetRange> deferred,
            SortedSet<OffsetRange> lost,
            SortedSet<OffsetRange> expired,
            SortedSet<OffsetRange> truncated,
            SortedMap<TopicPartitionId, String> readErrors,
            ReadProgress readProgress,
            FlowInfo flow) {
        this(
                sequence,
                checkpoint,
                batch,
                plannedAt,
                committedAt,
                state,
                ranges,
                deferred,
                lost,
                expired,
                truncated,
                readErrors,
                new TreeMap<>(),
                readProgress,
                flow,
                0,
                new TreeMap<>());
    }

    public BatchMetadata {
        ranges = Collections.unmodifiableSortedMap(new TreeMap<>(ranges));
        deferred = Collections.unmodifiableSortedSet(new TreeSet<>(deferred));
        lost = Collections.unmodifiableSortedSet(new TreeSet<>(lost));
        expired = Collections.unmodifiableSortedSet(new TreeSet<>(expired));
        truncated = Collections.unmodifiableSortedSet(new TreeSet<>(truncated));
        readErrors = Collections.unmodifiableSortedMap(new TreeMap<>(readErrors));
        replayed = Collections.unmodifiableSortedMap(new TreeMap<>(replayed));
        columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
    }

    /** The same metadata with another flow. */
    public BatchMetadata withFlow(FlowInfo other) {
        return new BatchMetadata(
                sequence,
                checkpoint,
                batch,
                plannedAt,
                committedAt,
                state,
                ranges,
                deferred,
                lost,
                expired,
                truncated,
                readErrors,
                replayed,
                readProgress,
                other,
                erasures,
                columns);
    }

    /** How far every data center ever read has been read, after this batch. */
    public PartitionOffsets positions() {
        return readProgress.positions();
    }

    /** What the batch did to the read progress before it. */
    public BatchProgress progress() {
        return BatchProgress.NONE
                .withIdentities(readProgress.identities())
                .withRanges(ranges)
                .withDeferred(deferred)
                .withLost(lost)
                .withExpired(expired)
                .withTruncated(truncated);
    }

    /** The sum over all ranges. */
    public RangeStats total() {
        return ranges.values().stream().reduce(RangeStats.EMPTY, RangeStats::plus);
    }

    /**
     * How many rejected records it put into quarantine. Those that are read again lie there already, or were events
     * before.
     */
    public long quarantinedRows() {
        return ranges.entrySet().stream()
                .filter(entry -> !ReplayTopic.isAgain(entry.getKey().topic()))
                .mapToLong(entry -> entry.getValue().quarantined())
                .sum();
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("tributary", KIND);
        root.put("sequence", sequence);
        root.put("checkpoint", checkpoint);
        root.put("batch", batch);
        root.put("planned_at", plannedAt);
        root.put("committed_at", committedAt);
        ObjectNode span = root.putObject("state");
        span.put("scope", state.scope());
        span.put("window_ms", state.window().toMillis());
        span.put("allowance_ms", state.allowance().toMillis());
        span.put("partitions", state.partitions());
        span.put("store", state.store());
        state.since().ifPresent(since -> span.put("since", since.longValue()));
        if (!state.mapping().isEmpty()) {
            ObjectNode mapping = span.putObject("mapping");
            state.mapping().forEach(mapping::put);
        }
        root.set("ranges", PartitionJson.write(ranges, BatchJson::rangeJson));
        root.set("deferred", OffsetRange.toJson(deferred));
        root.set("lost", OffsetRange.toJson(lost));
        root.set("read_errors", PartitionJson.write(readErrors, JsonNodeFactory.instance::textNode));
        root.set("expired", OffsetRange.toJson(expired));
        root.set("truncated", OffsetRange.toJson(truncated));
        if (!replayed.isEmpty()) {
            root.set("replayed", PartitionJson.write(replayed, ReplayedRows::toJson));
        }
        ReadProgressJson.write(readProgress, root);
        if (!flow.equals(FlowInfo.UNKNOWN)) {
            root.set("flow", flow.toJson());
        }
        if (erasures > 0) {
            root.put("erasures", erasures);
        }
        if (!columns.isEmpty()) {
            ObjectNode digests = root.putObject("columns");
            columns.forEach(digests::put);
        }
        return root;
    }

    static BatchMetadata fromJson(JsonNode node) {
        SortedMap<String, String> columns = new TreeMap<>();
        node.path("columns")
                .properties()
                .forEach(entry -> columns.put(entry.getKey(), entry.getValue().asText()));
        DedupStateInfo state = BatchJson.state(node.required("state"));
        return new BatchMetadata(
                node.required("sequence").asLong(),
                node.required("checkpoint").asText(),
                node.required("batch").asLong(),
                node.required("planned_at").asLong(),
                node.required("committed_at").asLong(),
                state,
                PartitionJson.read(node.required("ranges"), BatchJson::range),
                OffsetRange.fromJson(node.required("deferred")),
                OffsetRange.fromJson(node.required("lost")),
                OffsetRange.fromJson(node.path("expired")),
                OffsetRange.fromJson(node.path("truncated")),
                node.has("read_errors")
                        ? PartitionJson.read(node.get("read_errors"), JsonNode::asText)
                        : new TreeMap<>(),
                node.has("replayed")
                        ? PartitionJson.read(node.get("replayed"), ReplayedRows::fromJson)
                        : new TreeMap<>(),
                ReadProgressJson.read(node),
                FlowInfo.fromJson(node.path("flow")),
                node.path("erasures").asLong(),
                columns);
    }
}
