package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.recovery.Supervisor;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A data center in trouble: {@code nyc} is killed, frozen, cut short; {@code fra} is to feel one blip at most. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeferralIT {

    private static final String CONFIG = """
            dedup: {window: 1h, clock_skew: 5s, state_partitions: 2}
            event_time: {max_ahead: 5s}
            trigger: {interval: 200ms, metadata_timeout: 2s}
            """;
    private static final Duration SOON = Duration.ofMinutes(4);

    /** What the README promises, and scripts/chaos --isolation measures with whole processes. */
    private static final Duration MAX_BLIP = Duration.ofSeconds(20);

    @TempDir
    Path dir;

    private LocalRuntime runtime;
    private Path brokers;
    private KafkaLab fra;
    private KafkaLab nyc;
    private final Map<String, KafkaProducer<byte[], byte[]>> producers = new LinkedHashMap<>();
    private String topic;
    private int topics;
    private Lake lake;
    private Path dataCenters;
    private Running running;
    private final List<String> sent = new ArrayList<>();

    @BeforeAll
    void startSparkAndKafka(@TempDir Path folder) {
        brokers = folder;
        runtime = LocalRuntime.open("deferral-it", 2);
        fra = startCluster("fra");
        nyc = startCluster("nyc");
        Stream.of(fra, nyc).forEach(lab -> lab.bootstrapServers().forEach(this::connect));
    }

    @AfterAll
    void stopSparkAndKafka() {
        producers.values().forEach(producer -> producer.close(Duration.ZERO));
        fra.close();
        nyc.close();
        runtime.close();
    }

    @BeforeEach
    void freshLakeAndTopic() throws Exception {
        if (!nyc.process().isAlive()) {
            nyc = startCluster("nyc");
        }
        topic = "t" + topics++;
        for (KafkaLab lab : List.of(fra, nyc)) {
            try (Admin admin = admin(lab)) {
                admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1)))
                        .all()
                        .get();
            }
        }
        lake = Lake.of(Optional.of(dir.resolve("lake-" + topic).toUri().toString()), config());
        dataCenters = dir.resolve("data-centers-" + topic + ".yaml");
        writeDataCenters("");
        sent.clear();
    }

    @AfterEach
    void stop() throws Exception {
        if (running != null) {
            running.stop();
        }
    }

    @Test
    void whatWasPlannedAndCannotBeReadIsLeftOutAndArrivesOnceTheClusterIsBack() throws Exception {
        startAndReadSomething(runtime);
        killWhileABatchIsPlannedAndNotRead(runtime);

        assertThat(newest().deferred()).containsExactly(new OffsetRange(nyc(0), 2, 4), new OffsetRange(nyc(1), 2, 4));
        assertThat(newest().ranges()).doesNotContainKeys(nyc(0), nyc(1));
        send("fra", 2);
        eventually(SOON, () -> isRead("fra"));

        nyc = startCluster("nyc");

        everythingArrivesOnce();
    }

    @Test
    void restartsReplaysAndAnotherDeathInTheMeantimeChangeNothing() throws Exception {
        startAndReadSomething(runtime);
        killWhileABatchIsPlannedAndNotRead(runtime);

        for (int i = 0; i < 3; i++) {
            running.stop();
            // As if the driver had been killed after the commit in the lake and before the one in Spark's log.
            forgetSparksLastCommit();
            running = new Running(runtime);
            send("fra", 1);
            eventually(SOON, () -> isRead("fra") && sparkKnows());
            assertThat(newest().readProgress().pending()).hasSize(2);
        }

        running.stop();
        nyc = startCluster("nyc");
        send("fra", 1);
        send("nyc", 3);
        BeforeReadHook.next(nyc.process()::killAndWait);
        running = new Running(runtime);
        eventually(SOON, BeforeReadHook::isDone);
        eventually(SOON, () -> isRead("fra"));
        assertThat(newest().readProgress().pending()).isNotEmpty();
        nyc = startCluster("nyc");

        everythingArrivesOnce();
        assertThat(commits().stream()
                        .mapToInt(metadata -> metadata.deferred().size())
                        .sum())
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void aCheckpointThatIsLostWhileARangeWaitsLosesNothing() throws Exception {
        startAndReadSomething(runtime);
        killWhileABatchIsPlannedAndNotRead(runtime);

        running.stop();
        deleteCheckpoints();
        running = new Running(runtime);
        send("fra", 1);
        eventually(SOON, () -> isRead("fra"));
        assertThat(newest().readProgress().pending()).hasSize(2);
        nyc = startCluster("nyc");

        everythingArrivesOnce();
        assertThat(commits().stream().map(BatchMetadata::checkpoint).distinct()).hasSize(2);
    }

    @Test
    void aBatchThatIsInTheLakeAndCannotBeReadAgainCostsItsCheckpointOnly() throws Exception {
        startAndReadSomething(runtime);
        send("nyc", 2);
        eventually(SOON, () -> isRead("nyc") && sparkKnows());
        running.stop();
        forgetSparksLastCommit();
        nyc.process().killAndWait();

        running = new Running(runtime);
        send("fra", 1);
        eventually(SOON, () -> isRead("fra"));
        nyc = startCluster("nyc");
        send("nyc", 1);

        everythingArrivesOnce();
        assertThat(commits().stream().map(BatchMetadata::checkpoint).distinct()).hasSize(2);
    }

    @Test
    void recordsThatKafkaDeletedUnreadStopTheirPartitionUntilAnOperatorGivesThemUp() throws Exception {
        LogLines lines = LogLines.of("io.tributary.ingest.plan.LagReport");
        startAndReadSomething(runtime);
        writeDataCenters("state: paused, ");
        send("fra", 1);
        eventually(SOON, () -> isRead("fra"));
        send("nyc", 10);
        try (Admin admin = admin(nyc)) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(9)))
                    .all()
                    .get();
        }
        writeDataCenters("");

        String gap = topic + "-0 offsets 2 to 8";
        eventually(SOON, () -> lines.anyContains(gap));
        assertThat(lines.all())
                .anyMatch(line -> line.contains("ingest[dc=nyc]: halted")
                        && line.contains("offsets 2 to 8 of nyc/" + topic + "-0 were deleted by Kafka")
                        && line.contains("put accept_gaps: [" + gap + "] into the entry"));
        send("fra", 1);
        eventually(SOON, () -> isRead("fra"));
        assertThat(newest().positions().of(nyc(0))).contains(2L);
        // The partition beside it goes on.
        eventually(SOON, () -> newest().positions().of(nyc(1)).equals(Optional.of(12L)));

        writeDataCenters("accept_gaps: [\"" + gap + "\"], ");
        eventually(SOON, () -> isRead("nyc"));

        running.stop();
        assertThat(commits().stream().flatMap(metadata -> metadata.lost().stream()))
                .containsExactly(new OffsetRange(nyc(0), 2, 9));
        List<String> lost = sent.stream()
                .filter(id -> id.startsWith("nyc-" + topic + "-0-"))
                .skip(2)
                .limit(7)
                .toList();
        sent.removeAll(lost);
        everythingArrivedOnce();
    }

    @Test
    void aFrozenClusterHoldsUpTheOthersForOneBlip() throws Exception {
        startAndReadSomething(runtime);
        running.stop();
        send("nyc", 2);
        send("fra", 1);
        BeforeReadHook.next(() -> nyc.process().freeze());
        running = new Running(runtime);
        Duration blip = Duration.ZERO;
        try {
            eventually(SOON, BeforeReadHook::isDone);
            long frozenAt = System.nanoTime();
            while (System.nanoTime() - frozenAt < Duration.ofSeconds(40).toNanos()) {
                long before = System.nanoTime();
                send("fra", 1);
                eventually(SOON, () -> isRead("fra"));
                Duration took = Duration.ofNanos(System.nanoTime() - before);
                blip = took.compareTo(blip) > 0 ? took : blip;
            }
        } finally {
            nyc.process().thaw();
        }
        assertThat(blip)
                .as("the longest wait of the others while a cluster froze")
                .isLessThan(MAX_BLIP);
        send("nyc", 1);

        everythingArrivesOnce();
        assertThat(commits().stream().filter(metadata -> !metadata.deferred().isEmpty()))
                .hasSize(1);
    }

    private void startAndReadSomething(JobRuntime on) throws Exception {
        running = new Running(on);
        send("fra", 2);
        send("nyc", 2);
        eventually(SOON, () -> isRead("fra") && isRead("nyc") && sparkKnows());
    }

    private void killWhileABatchIsPlannedAndNotRead(JobRuntime on) throws Exception {
        running.stop();
        send("fra", 2);
        send("nyc", 2);
        BeforeReadHook.next(nyc.process()::killAndWait);
        running = new Running(on);
        eventually(SOON, () -> isRead("fra") && sparkKnows());
        assertThat(BeforeReadHook.isDone()).isTrue();
    }

    private void everythingArrivesOnce() throws Exception {
        eventually(
                SOON,
                () -> isRead("fra")
                        && isRead("nyc")
                        && newest().readProgress().pending().isEmpty());
        running.stop();
        everythingArrivedOnce();
    }

    private void everythingArrivedOnce() {
        assertThat(runtime.spark()
                        .read()
                        .format("delta")
                        .load(lake.staging())
                        .select(Columns.EVENT_ID)
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrderElementsOf(sent);
        RangeStats total = commits().stream().map(BatchMetadata::total).reduce(RangeStats.EMPTY, RangeStats::plus);
        assertThat(total.read()).isEqualTo(sent.size());
        assertThat(total.staged()).isEqualTo(sent.size());
        assertThat(newest().readProgress().pending()).isEmpty();
    }

    /** The job under its supervisor, in a thread of its own. */
    private final class Running {

        private final Thread thread;
        private volatile StreamingQuery query;
        private volatile boolean stopped;
        private volatile Exception end;

        Running(JobRuntime on) {
            IngestJob job = new IngestJob(on, config(), dataCenters.toUri().toString(), lake, lake.defaultCheckpoint());
            Supervisor supervisor = new Supervisor(
                    () -> {
                        query = job.start();
                        if (stopped) {
                            query.stop();
                        }
                        return query;
                    },
                    job::gaveUpCheckpoint,
                    pause -> Thread.sleep(pause.toMillis()));
            thread = new Thread(() -> run(supervisor), "supervisor");
            thread.start();
        }

        private void run(Supervisor supervisor) {
            SparkSession.setActiveSession(runtime.spark());
            try {
                supervisor.run();
            } catch (Exception e) {
                // A query that is stopped amidst its work may say so in many ways; what comes before the stop counts.
                end = stopped ? null : e;
            }
        }

        void stop() throws InterruptedException, TimeoutException {
            stopped = true;
            while (thread.isAlive()) {
                StreamingQuery started = query;
                if (started != null) {
                    started.stop();
                }
                thread.join(200);
            }
            running = null;
        }
    }

    /** What a logger said. */
    private static final class LogLines extends AbstractAppender {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        private LogLines() {
            super("lines", null, null, true, Property.EMPTY_ARRAY);
        }

        static LogLines of(String logger) {
            LogLines lines = new LogLines();
            lines.start();
            ((Logger) LogManager.getLogger(logger)).addAppender(lines);
            return lines;
        }

        @Override
        public void append(LogEvent event) {
            lines.add(event.getMessage().getFormattedMessage());
        }

        boolean anyContains(String words) {
            return lines.stream().anyMatch(line -> line.contains(words));
        }

        List<String> all() {
            return lines;
        }
    }

    private KafkaLab startCluster(String name) {
        return KafkaLab.start(
                ProjectRoot.find(),
                new KafkaLabSpec(brokers.resolve(name), List.of(name), KafkaLabSpec.TOPIC, 2, SOON));
    }

    private void connect(String name, String servers) {
        producers.put(
                name,
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers, "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()));
    }

    private static Admin admin(KafkaLab lab) {
        return Admin.create(Map.of(
                "bootstrap.servers", String.join(",", lab.bootstrapServers().values())));
    }

    private static PipelineConfig config() {
        return PipelineConfig.parse(CONFIG, "test");
    }

    private TopicPartitionId nyc(int partition) {
        return new TopicPartitionId("nyc", topic, partition);
    }

    /** So many events into each of the two partitions. */
    private void send(String dataCenter, int each) throws ExecutionException, InterruptedException {
        for (int i = 0; i < 2 * each; i++) {
            String id = dataCenter + "-" + topic + "-" + i % 2 + "-" + sent.size();
            String value = "{\"event_id\":\"" + id + "\",\"event_time\":\"" + Instant.now() + "\"}";
            producers
                    .get(dataCenter)
                    .send(new ProducerRecord<>(topic, i % 2, null, value.getBytes(StandardCharsets.UTF_8)))
                    .get();
            sent.add(id);
        }
    }

    /** Whether all that was sent is below the positions of the lake's log. */
    private boolean isRead(String dataCenter) {
        Map<TopicPartitionId, Long> ends = new TreeMap<>();
        for (String id : sent) {
            String[] parts = id.split("-", -1);
            if (parts[0].equals(dataCenter)) {
                ends.merge(new TopicPartitionId(dataCenter, topic, Integer.parseInt(parts[2])), 1L, Long::sum);
            }
        }
        List<BatchMetadata> commits = commits();
        return !commits.isEmpty()
                && ends.entrySet().stream()
                        .allMatch(end -> newest().positions().of(end.getKey()).orElse(0L) >= end.getValue());
    }

    private BatchMetadata newest() {
        List<BatchMetadata> commits = commits();
        return commits.get(commits.size() - 1);
    }

    private List<BatchMetadata> commits() {
        CommitLog log =
                new CommitLog(lake.staging(), runtime.spark().sessionState().newHadoopConf());
        return log.after(-1).stream()
                .flatMap(commit -> commit.metadata().stream())
                .map(BatchMetadata.class::cast)
                .toList();
    }

    private void eventually(Duration within, BooleanSupplier condition) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(running == null ? null : running.end).as("the job's end").isNull();
            assertThat(System.nanoTime())
                    .as("the time within which it was to happen")
                    .isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** @param options of nyc, in YAML, each with a comma behind it */
    private void writeDataCenters(String options) {
        try {
            Files.writeString(dataCenters, """
                    data_centers:
                      - {name: fra, bootstrap_servers: "%s", topics: [%s]}
                      - {name: nyc, bootstrap_servers: "%s", topics: [%s], %skafka: {metric.reporters: %s}}
                    """.formatted(
                            fra.bootstrapServers().get("fra"),
                            topic,
                            nyc.bootstrapServers().get("nyc"),
                            topic,
                            options,
                            BeforeReadHook.class.getName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether Spark has noted the newest batch, so that a restart does not repeat it. */
    private boolean sparkKnows() {
        BatchMetadata last = newest();
        return Files.exists(
                checkpoints().resolve(last.checkpoint()).resolve("commits").resolve(Long.toString(last.batch())));
    }

    private void forgetSparksLastCommit() throws IOException {
        BatchMetadata last = newest();
        Path commits = checkpoints().resolve(last.checkpoint()).resolve("commits");
        try (Stream<Path> files = Files.list(commits)) {
            for (Path file :
                    files.filter(file -> numberOf(file) >= last.batch()).toList()) {
                Files.delete(file);
                Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
            }
        }
    }

    private static long numberOf(Path file) {
        String name = file.getFileName().toString();
        return name.matches("\\d+") ? Long.parseLong(name) : -1;
    }

    private void deleteCheckpoints() throws IOException {
        try (Stream<Path> files = Files.walk(checkpoints())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Path checkpoints() {
        return Path.of(URI.create(lake.defaultCheckpoint()));
    }
}
