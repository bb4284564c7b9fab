package io.tributary.ingest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.BreakerConfig;
import io.tributary.config.DataCenter;
import io.tributary.config.DataCenterAccess;
import io.tributary.ingest.discovery.DataCenterRegistry;
import io.tributary.ingest.discovery.DataCenterStore;
import io.tributary.ingest.discovery.LastGoodFile;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.discovery.OffsetFetcher;
import io.tributary.ingest.read.ConsumerOptions;
import io.tributary.ingest.read.RangeInputPartition;
import io.tributary.ingest.read.RangeOutcome;
import io.tributary.ingest.read.RangeReadTask;
import io.tributary.ingest.source.DataCentersStream;
import io.tributary.ingest.source.SourceContext;
import io.tributary.ingest.source.SourceOffset;
import io.tributary.ingest.source.SourceOptions;
import io.tributary.lab.fixtures.MutableClock;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.lake.commit.FlowInfo;
import io.tributary.lake.replay.ReplayRequests;
import io.tributary.metrics.Metrics;
import io.tributary.offsets.BatchProgress;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.HadoopFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The source and the lake's log, without Spark and Kafka, under a seeded schedule of all that can happen to a batch:
 * data centers that cannot be read, kills at every point, two drivers that disagree about what can be read, checkpoints
 * that get lost, retention that passes unread records. In the end every offset was carried once or given up once.
 */
class DeferralSimulationTest {

    private static final List<String> DATA_CENTERS = List.of("fra", "nyc", "sin");
    private static final int PARTITIONS = 2;
    private static final int STEPS = 250;
    private static final DedupStateInfo STATE =
            new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 2, Optional.empty());

    @TempDir
    private Path dir;

    private final MutableClock clock = new MutableClock();
    private final HadoopFiles files = new HadoopFiles(new Configuration());
    private final SortedMap<TopicPartitionId, Long> earliest = new TreeMap<>();
    private final SortedMap<TopicPartitionId, Long> latest = new TreeMap<>();
    private final SortedMap<TopicPartitionId, Long> beginnings = new TreeMap<>();
    private final Set<String> down = new HashSet<>();
    private final SortedMap<TopicPartitionId, SortedMap<Long, String>> carried = new TreeMap<>();
    private final List<String> happened = new ArrayList<>();
    private Random random;
    private Optional<BatchMetadata> newest = Optional.empty();
    private DataCentersStream stream;
    private SourceOffset start;

    /** More of them with -Dtributary.seeds.times=N. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 12L * Integer.getInteger("tributary.seeds.times", 1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyOffsetIsCarriedOnceOrGivenUpOnce(long seed) throws IOException {
        random = new Random(seed);
        Files.writeString(
                dir.resolve("data-centers.yaml"),
                "data_centers:\n"
                        + DATA_CENTERS.stream()
                                .map(name -> "  - {name: " + name + ", bootstrap_servers: \"h:1\", topics: [events],"
                                        + " accept_gaps: [events-0 offsets 0 to 99999, events-1 offsets 0 to 99999]}\n")
                                .collect(Collectors.joining()));
        DATA_CENTERS.forEach(name -> partitions(name).forEach(partition -> {
            earliest.put(partition, 0L);
            latest.put(partition, (long) random.nextInt(20));
        }));
        start = SourceOffset.startingAt(clock.millis(), ReadProgress.EMPTY);
        stream = open();
        try {
            for (int step = 0; step < STEPS; step++) {
                timePasses();
                batch();
            }
            down.clear();
            // A quiet round may be one in which a partition rests, or in which the answer of a data center that was
            // down
            // is still under way, on a thread of its own.
            for (int quiet = 0; quiet < 2 || (quiet < 1_000 && !isAllRead()); ) {
                clock.forward(Duration.ofHours(1));
                quiet = batch() ? 0 : quiet + 1;
                LockSupport.parkNanos(1_000_000);
            }
        } finally {
            stream.stop();
        }
        assertThat(newest.orElseThrow().readProgress().pending()).isEmpty();
        assertThat(newest.orElseThrow().positions().offsets()).isEqualTo(latest);
        latest.forEach((partition, end) -> assertThat(
                        carried.getOrDefault(partition, new TreeMap<>()).keySet())
                .as("offsets of %s", partition)
                .hasSize((int) (end - beginnings.get(partition))));
        assertThat(happened)
                .as("what this seed tried")
                .contains(
                        "deferred",
                        "cut",
                        "killed",
                        "overtaken",
                        "replayed",
                        "checkpoint lost",
                        "lost",
                        "handed out again");
    }

    private boolean isAllRead() {
        return newest.filter(batch -> batch.positions().offsets().equals(latest)
                        && batch.readProgress().pending().isEmpty())
                .isPresent();
    }

    private void timePasses() {
        clock.forward(Duration.ofSeconds(random.nextInt(120)));
        for (String name : DATA_CENTERS) {
            if (chance(4)) {
                down.remove(name);
            } else if (chance(12)) {
                down.add(name);
            }
            for (TopicPartitionId partition : partitions(name)) {
                latest.merge(partition, (long) random.nextInt(6), Long::sum);
                if (chance(40)) {
                    long unread = newest.flatMap(
                                    metadata -> metadata.positions().of(partition))
                            .orElse(0L);
                    earliest.merge(partition, Math.min(latest.get(partition), unread + random.nextInt(4)), Math::max);
                }
            }
        }
    }

    /** Plans a batch and brings it through, whatever happens to it; false if there is nothing to do. */
    private boolean batch() {
        SourceOffset end = (SourceOffset) stream.latestOffset(start, ReadLimit.allAvailable());
        if (end.equals(start)) {
            return false;
        }
        if (!end.again().isEmpty()) {
            happened.add("handed out again");
        }
        while (true) {
            List<RangeReadTask> planned = plan(end);
            assertThat(plan(end)).isEqualTo(planned);
            if (chance(12)) {
                restart("killed");
                continue;
            }
            if (chance(25)) {
                loseCheckpoint();
                return true;
            }
            if (chance(10)) {
                // Another driver on the same checkpoint, which could not read what this one could, or the reverse.
                commit(end.plannedAt(), read(planned));
                restart("overtaken");
                assertCarriesWhatTheLogSays(plan(end));
            } else {
                commit(end.plannedAt(), read(planned));
            }
            if (chance(10)) {
                restart("replayed");
                assertCarriesWhatTheLogSays(plan(end));
            }
            start = SourceOffset.parse(end.json());
            if (chance(30)) {
                loseCheckpoint();
            }
            return true;
        }
    }

    /** What tasks make of a plan: here and there a range is not read, or only its beginning. */
    private List<RangeReadTask> read(List<RangeReadTask> planned) {
        List<RangeReadTask> read = new ArrayList<>();
        for (RangeReadTask range : planned) {
            if (!range.hasRecords() || !chance(8)) {
                read.add(range);
                continue;
            }
            long cut = range.from() + random.nextInt((int) (range.until() - range.from()));
            happened.add(cut == range.from() ? "deferred" : "cut");
            if (cut > range.from()) {
                read.add(RangeReadTask.of(new OffsetRange(range.id(), range.from(), cut), range.leaderEpoch()));
            }
            read.add(RangeReadTask.without(
                    new OffsetRange(range.id(), cut, range.until()), RangeOutcome.DEFERRED, chance(2) ? "down" : null));
        }
        return read;
    }

    private void commit(long plannedAt, List<RangeReadTask> planned) {
        SortedMap<TopicPartitionId, Long> newPartitions = new TreeMap<>();
        SortedMap<TopicPartitionId, RangeStats> ranges = new TreeMap<>();
        SortedSet<OffsetRange> deferred = new TreeSet<>();
        SortedSet<OffsetRange> lost = new TreeSet<>();
        SortedSet<OffsetRange> expired = new TreeSet<>();
        SortedMap<TopicPartitionId, String> errors = new TreeMap<>();
        List<OffsetRange> taken = new ArrayList<>();
        for (RangeReadTask read : planned) {
            TopicPartitionId partition = new TopicPartitionId(read.dataCenter(), read.topic(), read.partition());
            long count = read.until() - read.from();
            switch (read.kind()) {
                case READ -> {
                    assertThat(ranges.put(
                                    partition, new RangeStats(read.from(), read.until(), count, count, 0, 0, 0, 1)))
                            .as("a second range of %s in one batch", partition)
                            .isNull();
                    if (count == 0) {
                        newPartitions.put(partition, read.from());
                    } else {
                        taken.add(read.offsets());
                    }
                }
                case DEFERRED -> {
                    deferred.add(read.offsets());
                    if (read.error() != null) {
                        errors.put(partition, read.error());
                    }
                }
                case EXPIRED -> {
                    expired.add(read.offsets());
                    taken.add(read.offsets());
                }
                case TRUNCATED -> throw new AssertionError("no log was cut: " + read);
                case LOST -> {
                    happened.add("lost");
                    lost.add(read.offsets());
                    taken.add(read.offsets());
                }
            }
        }
        ReadProgress before = newest.map(BatchMetadata::readProgress).orElse(ReadProgress.EMPTY);
        ReadProgress after = before.after(BatchProgress.NONE
                .withRanges(ranges)
                .withDeferred(deferred)
                .withLost(lost)
                .withExpired(expired));
        newPartitions.forEach(beginnings::putIfAbsent);
        taken.forEach(this::carry);
        long sequence = newest.map(BatchMetadata::sequence).orElse(0L) + 1;
        newest = Optional.of(new BatchMetadata(
                sequence,
                "c",
                sequence,
                plannedAt,
                sequence,
                STATE,
                ranges,
                deferred,
                lost,
                expired,
                new TreeSet<>(),
                errors,
                after,
                FlowInfo.UNKNOWN));
    }

    private void carry(OffsetRange range) {
        SortedMap<Long, String> offsets = carried.computeIfAbsent(range.partition(), key -> new TreeMap<>());
        for (long offset = range.from(); offset < range.until(); offset++) {
            assertThat(offsets.put(offset, "carried"))
                    .as("offset %d of %s", offset, range.partition())
                    .isNull();
        }
    }

    private void assertCarriesWhatTheLogSays(List<RangeReadTask> planned) {
        BatchMetadata metadata = newest.orElseThrow();
        assertThat(offsets(planned, RangeOutcome.DEFERRED)).isEqualTo(metadata.deferred());
        assertThat(offsets(planned, RangeOutcome.LOST)).isEqualTo(metadata.lost());
        assertThat(offsets(planned, RangeOutcome.EXPIRED)).isEqualTo(metadata.expired());
        SortedSet<OffsetRange> read = new TreeSet<>();
        metadata.ranges().forEach((partition, range) -> {
            if (range.from() < range.until()) {
                read.add(new OffsetRange(partition, range.from(), range.until()));
            }
        });
        assertThat(offsets(planned, RangeOutcome.READ)).isEqualTo(read);
    }

    private static SortedSet<OffsetRange> offsets(List<RangeReadTask> planned, RangeOutcome kind) {
        return planned.stream()
                .filter(range -> range.kind() == kind && range.from() < range.until())
                .map(RangeReadTask::offsets)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<RangeReadTask> plan(SourceOffset end) {
        InputPartition[] tasks = stream.planInputPartitions(
                stream.deserializeOffset(start.json()), stream.deserializeOffset(end.json()));
        return Arrays.stream(tasks)
                .flatMap(task -> ((RangeInputPartition) task).ranges().stream())
                .toList();
    }

    private void restart(String why) {
        happened.add(why);
        stream.stop();
        stream = open();
    }

    private void loseCheckpoint() {
        long since = Math.max(
                clock.millis(), newest.map(metadata -> metadata.plannedAt() + 1).orElse(0L));
        start = SourceOffset.startingAt(
                since, newest.map(BatchMetadata::readProgress).orElse(ReadProgress.EMPTY));
        restart("checkpoint lost");
    }

    private DataCentersStream open() {
        String file = dir.resolve("data-centers.yaml").toUri().toString();
        String folder = dir.resolve("memory").toUri().toString();
        return new DataCentersStream(
                new SourceContext(
                        new SourceOptions(10, 10, Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ZERO, start),
                        new DataCenterRegistry(
                                file, DataCenterAccess.LOCAL, files, new LastGoodFile(folder, files), clock),
                        new DataCenterStore(folder, files),
                        new OffsetFetcher(this::connect, clock),
                        center -> new ConsumerOptions(center.name(), Map.of()),
                        () -> newest,
                        new RejectBreaker(BreakerConfig.DEFAULTS, files, folder + "/breaker.json"),
                        new ReplayRequests(dir.resolve("_replays").toUri().toString(), files),
                        Metrics.NONE,
                        FlowReport.untold(),
                        clock),
                new Configuration(),
                2);
    }

    private OffsetFetcher.Cluster connect(DataCenter center) {
        return new OffsetFetcher.Cluster() {
            @Override
            public OffsetBounds reach(ReadProgress known) throws IOException {
                if (down.contains(center.name())) {
                    throw new IOException("down");
                }
                return new OffsetBounds(
                        own(earliest, center.name()), own(latest, center.name()), own(earliest, center.name()));
            }

            @Override
            public SortedMap<String, TopicIdentity> identities() {
                return Collections.emptySortedMap();
            }

            @Override
            public void close() {}
        };
    }

    private static PartitionOffsets own(SortedMap<TopicPartitionId, Long> offsets, String dataCenter) {
        return new PartitionOffsets(offsets).dataCenter(dataCenter);
    }

    private static List<TopicPartitionId> partitions(String dataCenter) {
        List<TopicPartitionId> partitions = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new TopicPartitionId(dataCenter, "events", i));
        }
        return partitions;
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
