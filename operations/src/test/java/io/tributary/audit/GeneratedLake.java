package io.tributary.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.offsets.BatchProgress;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The logs of a lake as the jobs write them, commit by commit, and what somebody does to them afterwards. */
public final class GeneratedLake {

    static final TopicPartitionId FRA = new TopicPartitionId("fra", "events", 0);
    static final TopicPartitionId NYC = new TopicPartitionId("nyc", "events", 3);
    static final LocalDate DAY = LocalDate.parse("2026-03-01");

    private static final long START = 1_772_000_000_000L;

    /** One text per version; null where there is no file. */
    final List<String> staging = new ArrayList<>();

    final List<String> quarantine = new ArrayList<>();
    final List<String> merged = new ArrayList<>();

    private final SortedMap<TopicPartitionId, Long> positions = new TreeMap<>();
    private final SortedMap<TopicName, TopicIdentity> identities = new TreeMap<>();
    private SortedSet<OffsetRange> unread = new TreeSet<>();
    private final SortedMap<String, Long> pending = new TreeMap<>();
    private long sequence;
    private long committedAt = START;
    private long merge;
    private long watermark;
    private MergeMetadata.Lifetime lifetime = MergeMetadata.Lifetime.startingWith(0, 0);

    public GeneratedLake() {
        List.of(staging, quarantine, merged).forEach(log -> log.add(commit("CREATE TABLE", Optional.empty())));
    }

    /** A batch of both data centers: rows staged, 1 duplicate and rows refused from each. */
    public GeneratedLake batch(long staged, long refused) {
        BatchMetadata metadata = metadata(staged, refused);
        if (refused > 0) {
            quarantine.add(commit("WRITE", Optional.of(metadata), add("arrival_date", DAY, 2 * refused)));
        }
        stage(metadata);
        return this;
    }

    /** Loses records between two batches. */
    GeneratedLake skip(long offsets) {
        positions.replaceAll((partition, position) -> position + offsets);
        return this;
    }

    /** What a batch would say that takes up where the log ends. */
    BatchMetadata metadata(long staged, long refused) {
        long read = staged + refused + 1;
        SortedMap<TopicPartitionId, RangeStats> ranges = new TreeMap<>();
        SortedMap<TopicPartitionId, Long> after = new TreeMap<>(positions);
        for (TopicPartitionId partition : List.of(FRA, NYC)) {
            long from = positions.getOrDefault(partition, 100L);
            ranges.put(partition, new RangeStats(from, from + read, read, staged, 1, refused, 0, 5));
            after.put(partition, from + read);
        }
        return metadata(ranges, List.of(), List.of(), new ReadProgress(new PartitionOffsets(after), unread));
    }

    /** What a batch would say that reads, defers and gives up just these, and goes on where the log ends. */
    BatchMetadata metadata(
            Map<TopicPartitionId, RangeStats> ranges, List<OffsetRange> deferred, List<OffsetRange> lost) {
        SortedMap<TopicPartitionId, Long> before = new TreeMap<>(Map.of(FRA, 100L, NYC, 100L));
        before.putAll(positions);
        ReadProgress after = new ReadProgress(new PartitionOffsets(before), unread)
                .after(BatchProgress.NONE
                        .withRanges(new TreeMap<>(ranges))
                        .withDeferred(deferred)
                        .withLost(lost));
        return metadata(ranges, deferred, lost, after);
    }

    private BatchMetadata metadata(
            Map<TopicPartitionId, RangeStats> ranges,
            List<OffsetRange> deferred,
            List<OffsetRange> lost,
            ReadProgress after) {
        committedAt += 1000;
        ReadProgress identified = new ReadProgress(
                after.positions(), after.pending(), identities, after.epochs(), after.unread(), after.truncated());
        return new BatchMetadata(
                sequence + 1,
                "from-1",
                sequence,
                committedAt - 10,
                committedAt,
                new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.empty()),
                new TreeMap<>(ranges),
                new TreeSet<>(deferred),
                new TreeSet<>(lost),
                identified);
    }

    /** From now on batches say that the topic of both data centers is this one. */
    GeneratedLake identified(String identity) {
        identities.put(TopicName.of(FRA), TopicIdentity.parse(identity));
        identities.put(TopicName.of(NYC), TopicIdentity.parse(identity));
        return this;
    }

    /** A batch that begins all partitions at this offset. */
    GeneratedLake begin(long offset) {
        positions.putAll(Map.of(FRA, offset, NYC, offset));
        stage(metadata(
                Map.of(
                        FRA,
                        new RangeStats(offset, offset, 0, 0, 0, 0, 0, 0),
                        NYC,
                        new RangeStats(offset, offset, 0, 0, 0, 0, 0, 0)),
                List.of(),
                List.of()));
        return this;
    }

    /** A range of which so many records were refused and all others staged. */
    static RangeStats range(long from, long until, long refused) {
        long read = until - from;
        return new RangeStats(from, until, read, read - refused, 0, refused, 0, 5);
    }

    static OffsetRange offsets(TopicPartitionId partition, long from, long until) {
        return new OffsetRange(partition, from, until);
    }

    /** The quarantine commit of a batch, with so many rows. */
    GeneratedLake quarantine(BatchMetadata metadata, long rows) {
        quarantine.add(commit("WRITE", Optional.of(metadata), add("arrival_date", DAY, rows)));
        return this;
    }

    void stage(BatchMetadata metadata) {
        sequence = metadata.sequence();
        positions.putAll(metadata.positions().offsets());
        unread = metadata.readProgress().pending();
        metadata.ranges()
                .forEach((partition, range) -> pending.merge(partition.dataCenter(), range.staged(), Long::sum));
        staging.add(commit(
                "WRITE",
                Optional.of(metadata),
                add("arrival_date", DAY, metadata.total().staged())));
    }

    /** Merges what waits, less one repeat per data center. */
    public GeneratedLake merge() {
        SortedMap<String, MergeMetadata.Merged> dataCenters = new TreeMap<>();
        long rows = 0;
        for (String name : pending.keySet()) {
            long staged = pending.get(name);
            dataCenters.put(name, new MergeMetadata.Merged(staged, 1, staged - 1));
            rows += staged - 1;
        }
        pending.clear();
        merge++;
        lifetime = lifetime.upTo(merged.size() - 1).plusMerged(rows);
        MergeMetadata metadata = new MergeMetadata(
                        merge,
                        staging.size() - 1,
                        watermark,
                        committedAt,
                        dataCenters,
                        new TreeMap<>(Map.of(DAY, rows)))
                .withLifetime(lifetime);
        watermark = committedAt;
        merged.add(commit("WRITE", Optional.of(metadata), add("event_date", DAY, rows), add("event_date", null, 1)));
        return this;
    }

    /** Changes one version's text. */
    GeneratedLake tamper(List<String> log, int version, UnaryOperator<String> change) {
        log.set(version, change.apply(log.get(version)));
        return this;
    }

    AuditReport audit() {
        return new Audit(PipelineConfig.defaults().tables()).of(entries(staging), entries(quarantine), entries(merged));
    }

    public void write(Path lake) {
        write(staging, lake.resolve("events_staging"));
        write(quarantine, lake.resolve("events_quarantine"));
        write(merged, lake.resolve("events_merged"));
    }

    static String commit(String operation, Optional<CommitMetadata> metadata, String... actions) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode info = root.putObject("commitInfo").put("timestamp", START).put("operation", operation);
        metadata.ifPresent(own -> info.put("userMetadata", own.toText()));
        return root + "\n" + String.join("\n", actions) + "\n";
    }

    static String add(String partition, Object value, long rows) {
        return file("add", partition, value, rows);
    }

    static String remove(String partition, Object value, long rows) {
        return file("remove", partition, value, rows);
    }

    private static String file(String action, String partition, Object value, long rows) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode file = root.putObject(action).put("path", "part-0.parquet");
        file.putObject("partitionValues").put(partition, value == null ? null : value.toString());
        file.put("stats", "{\"numRecords\":" + rows + ",\"minValues\":{\"event_id\":\"a\"},\"nullCount\":{}}");
        return root.toString();
    }

    private static Iterator<LogEntry> entries(List<String> log) {
        List<LogEntry> entries = new ArrayList<>();
        for (int version = 0; version < log.size(); version++) {
            String text = log.get(version);
            entries.add(text == null ? new LogEntry.Missing(version) : EntryParser.parse(version, text));
        }
        return entries.iterator();
    }

    private static void write(List<String> log, Path table) {
        try {
            Path folder = Files.createDirectories(table.resolve("_delta_log"));
            for (int version = 0; version < log.size(); version++) {
                if (log.get(version) != null) {
                    Files.writeString(
                            folder.resolve(String.format(Locale.ROOT, "%020d.json", version)), log.get(version));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
