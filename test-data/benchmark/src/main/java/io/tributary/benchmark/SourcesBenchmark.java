package io.tributary.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;

import io.tributary.benchmark.SourcesFigures.Measured;
import io.tributary.benchmark.SourcesFigures.Width;
import io.tributary.benchmark.SteadyLoad.DataCenterTopic;
import io.tributary.columns.Columns;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.run.LakeDirectory;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads few data centers, many, and many that send nothing, at one rate of all together, in turns.
 *
 * <pre>
 *  load ──► clusters (one process) ──► IngestJob (a process of its own, whose CPU is measured) ──► lake
 * </pre>
 *
 * <p>Freshness is from the append in Kafka until the commit's file is there. The first batches are not measured.
 */
final class SourcesBenchmark {

    private static final int PARTITIONS = 2;
    private static final int BYTES = 300;
    private static final int WARM_UP_BATCHES = 3;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final long NAP_NANOS = 50_000_000;

    private final ProjectRoot root;
    private final SparkSession spark;
    private final KafkaLab kafka;
    private final Path dir;
    private final Duration trigger;
    private final int rounds;
    private final PrintStream out;

    /**
     * @param spark with which the tables are read
     * @param kafka whose clusters the data centers share, if there are fewer clusters
     */
    SourcesBenchmark(
            ProjectRoot root,
            SparkSession spark,
            KafkaLab kafka,
            Path dir,
            Duration trigger,
            int rounds,
            PrintStream out) {
        this.root = root;
        this.spark = spark;
        this.kafka = kafka;
        this.dir = dir;
        this.trigger = trigger;
        this.rounds = rounds;
        this.out = out;
    }

    /**
     * @param batches that are measured of each width in each round
     * @return whether the bounds hold: on batches and freshness of the widest that sends, and on CPU of the idle ones
     */
    boolean run(List<Width> widths, int batches) throws ExecutionException, InterruptedException {
        SourcesFigures figures = new SourcesFigures(trigger);
        for (int round = 1; round <= rounds; round++) {
            for (Width width : widths) {
                String name = "round-" + round + "-" + width.dataCenters() + "-" + width.recordsASecond();
                figures.add(width, measure(width, name, batches));
            }
        }
        return figures.verdict(rounds, out);
    }

    private Measured measure(Width width, String name, int batches) throws ExecutionException, InterruptedException {
        List<DataCenterTopic> dataCenters = topics(width.dataCenters(), name);
        String lake = LakeDirectory.uri(dir.resolve(name).resolve("lake"));
        PipelineProcesses jobs = new PipelineProcesses(root, dir.resolve(name), lake, Map.of());
        jobs.configure(dataCenters, trigger);
        CommitLog log = new CommitLog(lake + "/events_staging", new Configuration());
        Optional<SteadyLoad> load = width.recordsASecond() == 0
                ? Optional.empty()
                : Optional.of(new SteadyLoad(dataCenters, width.recordsASecond(), BYTES));
        try (ChildProcess ingest = jobs.startIngest()) {
            if (load.isEmpty()) {
                return idle(ingest, log, batches);
            }
            long first = await(ingest, log, WARM_UP_BATCHES);
            double cpuBefore = cpuSeconds(ingest);
            long last = await(ingest, log, first + batches);
            double cpu = (cpuSeconds(ingest) - cpuBefore) / (last - first);
            int sent = load.get().stop();
            awaitRead(ingest, log, sent);
            return new Measured(cpu, batchSeconds(log, first, last), freshness(lake, log, first, last, sent));
        } finally {
            load.ifPresent(SteadyLoad::close);
        }
    }

    /** Idle data centers make no commits, so triggers are counted by the clock. */
    private Measured idle(ChildProcess ingest, CommitLog log, int triggers) {
        await(ingest, log, 1);
        sleep(trigger.multipliedBy(WARM_UP_BATCHES));
        double before = cpuSeconds(ingest);
        sleep(trigger.multipliedBy(triggers));
        if (!ingest.isAlive()) {
            throw ingest.failure("ended while it was measured");
        }
        return new Measured((cpuSeconds(ingest) - before) / triggers, 0, List.of());
    }

    /** A topic for each data center, on the clusters in turn. */
    private List<DataCenterTopic> topics(int dataCenters, String name) throws ExecutionException, InterruptedException {
        List<Map.Entry<String, String>> clusters =
                List.copyOf(kafka.bootstrapServers().entrySet());
        List<DataCenterTopic> all = new ArrayList<>();
        Map<String, List<NewTopic>> topics = new TreeMap<>();
        for (int i = 0; i < dataCenters; i++) {
            String servers = clusters.get(i % clusters.size()).getValue();
            String topic = name + "-" + i;
            all.add(new DataCenterTopic("dc" + i, servers, topic));
            topics.computeIfAbsent(servers, any -> new ArrayList<>())
                    .add(new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty()));
        }
        for (Map.Entry<String, List<NewTopic>> cluster : topics.entrySet()) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.getKey()))) {
                admin.createTopics(cluster.getValue()).all().get();
            }
        }
        return all;
    }

    /** Waits until staging has a version, and returns the newest that it has. */
    private static long await(ChildProcess ingest, CommitLog log, long version) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        long newest = log.newestVersion();
        while (newest < version) {
            requireGoingOn(ingest, deadline, "made " + newest + " commits, not " + version);
            newest = log.newestVersion();
        }
        return newest;
    }

    private static void awaitRead(ChildProcess ingest, CommitLog log, long records) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        long version = 0;
        long read = 0;
        while (read < records) {
            long newest = log.newestVersion();
            read += batches(log, version, newest).stream()
                    .mapToLong(batch -> batch.total().read())
                    .sum();
            version = newest;
            requireGoingOn(ingest, deadline, "has read " + read + " of " + records + " records");
        }
    }

    private static void requireGoingOn(ChildProcess ingest, long deadline, String problem) {
        if (!ingest.isAlive() || System.nanoTime() > deadline) {
            throw ingest.failure(problem);
        }
        LockSupport.parkNanos(NAP_NANOS);
    }

    private static void sleep(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static double cpuSeconds(ChildProcess process) {
        return ProcessHandle.of(process.pid())
                        .flatMap(handle -> handle.info().totalCpuDuration())
                        .orElseThrow(() -> process.failure("does not tell its CPU time"))
                        .toMillis()
                / 1e3;
    }

    /** @return those of the versions above the first, up to the last */
    private static List<BatchMetadata> batches(CommitLog log, long first, long last) {
        List<BatchMetadata> batches = new ArrayList<>();
        for (long version = first + 1; version <= last; version++) {
            log.commit(version)
                    .flatMap(commit -> commit.metadata())
                    .filter(BatchMetadata.class::isInstance)
                    .ifPresent(metadata -> batches.add((BatchMetadata) metadata));
        }
        return batches;
    }

    private static double batchSeconds(CommitLog log, long first, long last) {
        return Figures.median(batches(log, first, last).stream()
                .map(batch -> (batch.committedAt() - batch.plannedAt()) / 1e3)
                .toList());
    }

    /** Of each event of the measured batches, ascending. Figures of work that was done wrongly are worth nothing. */
    private List<Double> freshness(String lake, CommitLog log, long first, long last, int sent) {
        Dataset<Row> staged = spark.read().format("delta").load(lake + "/events_staging");
        Row found =
                staged.agg(count(lit(1)), countDistinct(col(Columns.EVENT_ID))).first();
        if (found.getLong(0) != sent || found.getLong(1) != sent) {
            throw new IllegalStateException("Of " + sent + " events " + found + " rows and events were staged");
        }
        Map<Instant, Instant> visible = new TreeMap<>();
        for (long version = first + 1; version <= last; version++) {
            for (BatchMetadata batch : batches(log, version - 1, version)) {
                visible.put(Instant.ofEpochMilli(batch.committedAt()), log.visibleSince(version));
            }
        }
        return staged.select(Columns.ARRIVED_AT, Columns.KAFKA_TIMESTAMP).collectAsList().stream()
                .filter(row -> visible.containsKey(row.getInstant(0)))
                .map(row -> Duration.between(row.getInstant(1), visible.get(row.getInstant(0)))
                                .toMillis()
                        / 1e3)
                .sorted()
                .toList();
    }
}
