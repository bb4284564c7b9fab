package io.tributary.lab.loadtest;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.evaluate.Report;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.load.IdentityScope;
import io.tributary.lab.load.LoadSpec;
import io.tributary.lab.load.LoadSpec.Shares;
import io.tributary.lab.load.LoadSpec.TextSize;
import io.tributary.lab.load.Pace;
import io.tributary.lab.load.Sender;
import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.profile.Profile;
import io.tributary.lab.run.Children;
import io.tributary.lab.run.CommitTracker;
import io.tributary.lab.run.Console;
import io.tributary.lab.run.DrainMonitor;
import io.tributary.lab.run.Jobs;
import io.tributary.lab.run.KafkaEnds;
import io.tributary.lab.run.LakeDirectory;
import io.tributary.lab.run.LakePlace;
import io.tributary.lab.run.Load;
import io.tributary.lab.run.PipelineUnderTest;
import io.tributary.lab.run.Settings;
import io.tributary.lab.run.StartUp;
import io.tributary.lab.run.ViewPoller;
import io.tributary.lab.run.Workload;
import io.tributary.lab.truth.SentCounts;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.view.LakeSql;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.HadoopSettings;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/**
 * Phase 2: the same load through the pipeline, judged by the lab's evaluator and by the audit.
 *
 * <pre>
 *  profile ──► load ──► Kafka ──► IngestJob ──► lake ◄── MergeJob
 *     │          └──► truth ──► evaluator ◄── SQL on the view    sampler: CPU, files
 *     └──► faults ──► sites, clusters, jobs                      audit, once all is merged
 * </pre>
 */
final class PipelineRun {

    private static final int SHUFFLE_PARTITIONS = 2;
    private static final Duration MERGE_EVERY = Duration.ofSeconds(5);
    private static final Duration AHEAD = Duration.ofSeconds(1);
    private static final Duration FIRST_WITHIN = Duration.ofMinutes(2);
    private static final Duration STALL_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration SHOW_EVERY = Duration.ofSeconds(5);
    private static final long LOOK_NANOS = 500_000_000;

    private static final int FIRST = 20;

    /** Ids of the first events, which only wake the pipeline, are of a run that no phase has. */
    private static final int RUN_OF_THE_FIRST = 1_000_000;

    private final LoadTestOptions options;
    private final ProjectRoot root;
    private final LakeDirectory directory;
    private final Children children;
    private final Clock clock;
    private final Console console;

    PipelineRun(
            LoadTestOptions options,
            ProjectRoot root,
            LakeDirectory directory,
            Children children,
            Clock clock,
            Console console) {
        this.options = options;
        this.root = root;
        this.directory = directory;
        this.children = children;
        this.clock = clock;
        this.console = console;
    }

    PipelineOutcome run() {
        PipelineConfig config = Settings.writePipeline(Optional.empty(), directory.configFile());
        ClustersOfRun clusters = ClustersOfRun.start(root, directory.kafka(), options.profile(), children);
        Settings.writeDataCenters(clusters.servers(), KafkaLabSpec.TOPIC, directory.dataCentersFile());
        MeasuredJobs jobs = new MeasuredJobs(new Jobs(root, directory, LakePlace.in(directory)), children, MERGE_EVERY);
        jobs.start();
        console.say("phase 2, the pipeline: Kafka is up, the jobs are starting");
        try (LocalRuntime runtime = LocalRuntime.open("tributary-load-test", SHUFFLE_PARTITIONS)) {
            Lake lake = Lake.of(Optional.of(directory.uri()), config);
            new StartUp(root, directory, children).awaitJobs(lake, new HadoopFiles(HadoopSettings.ofProcess()));
            LakeSql sql = new LakeSql(runtime.spark(), lake);
            return new Watched(new PipelineUnderTest(directory, config, lake, sql), clusters, jobs).outcome();
        }
    }

    /** The part of a run in which events flow. */
    private final class Watched {

        private final Profile profile = options.profile();
        private final PipelineUnderTest pipeline;
        private final ClustersOfRun clusters;
        private final MeasuredJobs jobs;
        private final Workload workload;
        private final EventTimes events = new EventTimes();
        private final CpuOf brokers;
        private Duration nextShow = Duration.ZERO;

        Watched(PipelineUnderTest pipeline, ClustersOfRun clusters, MeasuredJobs jobs) {
            this.pipeline = pipeline;
            this.clusters = clusters;
            this.jobs = jobs;
            this.brokers = new CpuOf(clusters::processes);
            this.workload = new Workload(
                    pipeline,
                    profile.dataCenters(),
                    clusters::servers,
                    HadoopSettings.ofProcess(),
                    ViewPoller.Excuse.NEVER,
                    clock);
        }

        PipelineOutcome outcome() {
            workload.observer().follow(events);
            List<String> troubles;
            LoadStart start;
            ProfileLoad load;
            Disturbances faults;
            Sampler sampler;
            try (workload) {
                workload.start();
                wakeUp();
                start = LoadStart.in(AHEAD, clock);
                load = new ProfileLoad(profile, options.seed(), scope(), start);
                Sender sender = workload.sender(clusters.servers());
                FaultSites sites = new FaultSites(clusters, sender::silence, sender::resume, console::say);
                faults = new Disturbances(
                        profile.faults(), any -> true, start, new JobFaults(jobs, sites, console::say));
                sampler = new Sampler(start, cpu(), () -> sum(sender.counts()), tables());
                console.say("sending " + profile.records() + " records in "
                        + profile.duration().toSeconds() + " s");
                sampler.begin();
                try (sampler) {
                    workload.send(goOn -> load.send(sender, goOn));
                    workload.send(faults::run);
                    troubles = runUntilDone(start);
                }
            }
            console.say("comparing what is visible with what was sent, and auditing");
            Report verdict = workload.judge(troubles, children.peakMegabytes());
            return new PipelineOutcome(
                    verdict,
                    AuditedLake.isBalanced(pipeline, console),
                    start,
                    load.times(),
                    events,
                    lakeTimes(),
                    sampler.samples(),
                    faults.done(),
                    ProgressLog.byBatch(jobs.progressLog()),
                    GcLog.read(jobs.ingestGcLogs()),
                    GcLog.read(jobs.mergeGcLogs()));
        }

        private LakeTimes lakeTimes() {
            return LakeTimes.read(
                    new CommitLog(pipeline.lake().staging(), HadoopSettings.ofProcess()),
                    new CommitLog(pipeline.lake().merged(), HadoopSettings.ofProcess()));
        }

        private IdentityScope scope() {
            return IdentityScope.of(pipeline.config().dedup().scope());
        }

        /** The first batch of a job that was just started is slow, and all that waited behind it would measure that. */
        private void wakeUp() {
            LoadSpec few = new LoadSpec(
                    FIRST * profile.dataCenters().size(),
                    Duration.ofSeconds(1),
                    profile.dataCenters(),
                    new Shares(0, 0, 0),
                    TextSize.DEFAULT,
                    RUN_OF_THE_FIRST,
                    options.seed());
            workload.send(Load.of(few, pipeline.config().dedup().scope()), clusters.servers(), Pace.withoutWaiting());
            long deadline = System.nanoTime() + FIRST_WITHIN.toNanos();
            while (workload.commits().look().total().read() < few.records() && System.nanoTime() < deadline) {
                requireAlive();
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }

        private void requireAlive() {
            children.throwIfClosed();
            jobs.ended().ifPresent(job -> {
                throw job.failure("ended before the load began");
            });
        }

        private List<String> runUntilDone(LoadStart start) {
            DrainMonitor drain =
                    workload.drainMonitor(STALL_TIMEOUT, () -> KafkaEnds.of(clusters.servers(), KafkaLabSpec.TOPIC));
            while (true) {
                children.throwIfClosed();
                List<String> troubles = troubles();
                CommitTracker.Standing standing = workload.commits().look();
                if (!troubles.isEmpty()) {
                    return troubles;
                }
                Optional<List<String>> end = drain.check(standing, workload.isAllSent(), true);
                show(start, standing, drain.isAllSent());
                if (end.isPresent()) {
                    return end.get();
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }

        private List<String> troubles() {
            List<String> troubles = new ArrayList<>(workload.troubles());
            jobs.ended()
                    .map(job -> job.failure("ended while it was needed").getMessage())
                    .ifPresent(troubles::add);
            return troubles;
        }

        private void show(LoadStart start, CommitTracker.Standing standing, boolean isAllSent) {
            Duration since = start.since();
            if (since.compareTo(nextShow) >= 0) {
                nextShow = since.plus(SHOW_EVERY);
                console.say(String.format(
                        Locale.ROOT,
                        "%s: sent %,d, read %,d, merged %,d, freshness p99 %.1f s",
                        isAllSent ? "all is sent" : phaseAt(since),
                        sum(workload.sent()),
                        standing.total().read(),
                        standing.total().merged(),
                        workload.poller().latest().overall().p99() / 1e3));
            }
        }

        private String phaseAt(Duration since) {
            int phase = 0;
            while (phase + 1 < profile.phases().size()
                    && profile.beginOf(phase + 1).compareTo(since) <= 0) {
                phase++;
            }
            return profile.phases().get(phase).name();
        }

        private Map<String, DoubleSupplier> cpu() {
            CpuOf ingest = new CpuOf(() -> List.<ChildProcess>of(jobs.ingest()));
            CpuOf merge = new CpuOf(() -> List.<ChildProcess>of(jobs.merge()));
            Map<String, DoubleSupplier> cpu = new LinkedHashMap<>();
            cpu.put("ingest", ingest::seconds);
            cpu.put("merge", merge::seconds);
            cpu.put("kafka", brokers::seconds);
            cpu.put("lab", CpuOf::ownSeconds);
            return cpu;
        }

        private Map<String, Path> tables() {
            Map<String, Path> tables = new LinkedHashMap<>();
            for (String table : List.of(
                    pipeline.lake().staging(),
                    pipeline.lake().merged(),
                    pipeline.lake().quarantine())) {
                Path folder = Path.of(table.substring(table.indexOf(':') + 1));
                tables.put(folder.getFileName().toString(), folder);
            }
            return tables;
        }
    }

    private static long sum(Map<String, SentCounts> counts) {
        return counts.values().stream().mapToLong(SentCounts::all).sum();
    }
}
