package io.tributary.operations.status;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.lake.commit.AppendTimes;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.CommitMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.lake.commit.FlowInfo;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.status.AuditStatus;
import io.tributary.lake.status.Horizon;
import io.tributary.lake.status.StreamStatus;
import io.tributary.lake.status.StreamStatus.DataCenterStatus;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The end of a lake's logs, as the jobs would have written it, batch by batch every 10 seconds. */
public final class GeneratedTail {

    public static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    public static final Duration INTERVAL = Duration.ofSeconds(10);

    private final List<Commit> staging = new ArrayList<>();
    private final List<Commit> merged = new ArrayList<>();
    private final SortedMap<TopicPartitionId, Long> positions = new TreeMap<>();
    private SortedSet<OffsetRange> pending = new TreeSet<>();
    private Optional<StreamStatus> stream = Optional.empty();
    private Optional<AuditStatus> audit = Optional.empty();
    private Instant committedAt;
    private long sequence;
    private boolean isWhole = true;

    /** @param first when the first batch is committed */
    GeneratedTail(Instant first) {
        this.committedAt = first.minus(INTERVAL);
    }

    /** A tail whose so many batches end 5 seconds before {@link #NOW}. */
    public static GeneratedTail ofBatches(int count) {
        return new GeneratedTail(NOW.minusSeconds(5).minus(INTERVAL.multipliedBy(count - 1L)));
    }

    /**
     * One data center in one batch.
     *
     * @param read records, of which {@code duplicate} and {@code quarantined} were not staged
     * @param late of the staged
     * @param lag that the batch leaves; null if it did not answer
     * @param leastFreshness of the rows, and their median
     * @param greatestFreshness of the rows
     */
    public record Part(
            long read,
            long duplicate,
            long quarantined,
            long castFailures,
            long late,
            Long lag,
            Duration leastFreshness,
            Duration greatestFreshness,
            boolean isDeferred) {

        /** Records that are all staged at once, and a lag. */
        public static Part of(long read, Long lag) {
            return new Part(read, 0, 0, 0, 0, lag, Duration.ofSeconds(4), Duration.ofSeconds(8), false);
        }

        public Part within(Duration least, Duration greatest) {
            return new Part(read, duplicate, quarantined, castFailures, late, lag, least, greatest, isDeferred);
        }

        /** The same, whose records are deferred and not read. */
        public Part deferred() {
            return new Part(read, 0, 0, 0, 0, lag, leastFreshness, greatestFreshness, true);
        }
    }

    /** A batch, 10 seconds after the one before, planned 3 seconds before its commit. */
    public GeneratedTail batch(Map<String, Part> parts) {
        sequence++;
        committedAt = committedAt.plus(INTERVAL);
        SortedMap<TopicPartitionId, RangeStats> ranges = new TreeMap<>();
        SortedMap<String, Long> lag = new TreeMap<>();
        SortedMap<String, Long> late = new TreeMap<>();
        SortedMap<TopicPartitionId, AppendTimes> appended = new TreeMap<>();
        SortedSet<OffsetRange> deferred = new TreeSet<>();
        SortedMap<TopicPartitionId, String> errors = new TreeMap<>();
        parts.forEach((name, part) -> {
            TopicPartitionId partition = new TopicPartitionId(name, "events", 0);
            long from = positions.getOrDefault(partition, 0L);
            if (part.lag() != null) {
                lag.put(name, part.lag());
            }
            positions.put(partition, from + part.read());
            if (part.isDeferred()) {
                deferred.add(new OffsetRange(partition, from, from + part.read()));
                pending.addAll(deferred);
                errors.put(partition, "TimeoutException: no answer from the leader");
            } else if (part.read() > 0) {
                pending.removeIf(range -> range.partition().equals(partition));
                ranges.put(partition, stats(from, part));
                late.put(name, part.late());
                appended.put(partition, appended(part));
            }
        });
        staging.add(commit(
                staging.size(),
                committedAt,
                Optional.of(new BatchMetadata(
                        sequence,
                        "c",
                        sequence,
                        committedAt.minusSeconds(3).toEpochMilli(),
                        committedAt.toEpochMilli(),
                        new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.empty()),
                        ranges,
                        deferred,
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        errors,
                        new ReadProgress(new PartitionOffsets(positions), pending),
                        new FlowInfo(lag, late, appended)))));
        return this;
    }

    private static RangeStats stats(long from, Part part) {
        return new RangeStats(
                from,
                from + part.read(),
                part.read(),
                part.read() - part.duplicate() - part.quarantined(),
                part.duplicate(),
                part.quarantined(),
                part.castFailures(),
                5);
    }

    private AppendTimes appended(Part part) {
        long newest = committedAt.minus(part.leastFreshness()).toEpochMilli();
        long oldest = committedAt.minus(part.greatestFreshness()).toEpochMilli();
        return new AppendTimes(part.read() - part.duplicate(), oldest, oldest, newest, newest);
    }

    /** So many equal batches. */
    public GeneratedTail batches(int count, Map<String, Part> parts) {
        for (int i = 0; i < count; i++) {
            batch(parts);
        }
        return this;
    }

    /** A merge of all batches so far, when the last was committed. */
    public GeneratedTail merge() {
        long number =
                merged.stream().filter(commit -> commit.metadata().isPresent()).count() + 1;
        merged.add(commit(
                merged.size(),
                committedAt,
                Optional.of(new MergeMetadata(
                        number,
                        staging.size() - 1,
                        0,
                        committedAt.toEpochMilli(),
                        new TreeMap<>(Map.of("fra", new MergeMetadata.Merged(7, 2, 5))),
                        new TreeMap<>()))));
        return this;
    }

    /** A commit without metadata, such as of maintenance. */
    GeneratedTail commit(String operation) {
        merged.add(new Commit(merged.size(), committedAt.toEpochMilli(), operation, Optional.empty()));
        return this;
    }

    public GeneratedTail told(Instant at, Map<String, DataCenterStatus> dataCenters) {
        stream = Optional.of(new StreamStatus(at, INTERVAL, true, new TreeMap<>(dataCenters)));
        return this;
    }

    GeneratedTail ended(Instant at) {
        stream = stream.map(status -> status.ended(at));
        return this;
    }

    GeneratedTail audited(Instant at, long findings) {
        audit = Optional.of(new AuditStatus(at, false, findings));
        return this;
    }

    GeneratedTail toldOfUnusableFile(Instant at, Map<String, DataCenterStatus> dataCenters) {
        stream = Optional.of(new StreamStatus(at, INTERVAL, false, new TreeMap<>(dataCenters)));
        return this;
    }

    public static DataCenterStatus answering(long lag, String... trouble) {
        return answering(lag, Horizon.UNKNOWN, trouble);
    }

    public static DataCenterStatus answering(long lag, Horizon horizon, String... trouble) {
        return new DataCenterStatus(
                false,
                OptionalLong.of(lag),
                OptionalDouble.of(12.5),
                horizon,
                Optional.empty(),
                List.of(trouble),
                Optional.empty());
    }

    /** Older commits are there and were not read. */
    GeneratedTail cut() {
        isWhole = false;
        return this;
    }

    private static Commit commit(int version, Instant at, Optional<CommitMetadata> metadata) {
        return new Commit(version, at.toEpochMilli(), "WRITE", metadata);
    }

    public LakeTail tail() {
        return new LakeTail(
                "file:/lake",
                NOW,
                new LakeTail.Table(staging, isWhole, OptionalLong.of(812), 0),
                new LakeTail.Table(merged, isWhole, OptionalLong.empty(), 0),
                stream,
                audit);
    }

    public PipelineStatus status() {
        return PipelineStatus.of(tail(), Objective.DEFAULT, OptionalDouble.empty());
    }

    /** The staging log as text, a version each. */
    List<String> stagingLog() {
        return staging.stream().map(GeneratedTail::text).toList();
    }

    /** The merged table's log as text, a version each. */
    List<String> mergedLog() {
        return merged.stream().map(GeneratedTail::text).toList();
    }

    private static String text(Commit commit) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode info = root.putObject("commitInfo")
                .put("timestamp", commit.timestamp())
                .put("operation", commit.operation());
        commit.metadata().ifPresent(metadata -> info.put("userMetadata", metadata.toText()));
        return root + "\n{\"add\":{\"path\":\"part-0.parquet\",\"stats\":\"{\\\"numRecords\\\":1}\"}}\n";
    }
}
