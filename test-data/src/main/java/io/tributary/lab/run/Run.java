package io.tributary.lab.run;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.evaluate.Report;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.load.Pace;
import io.tributary.lake.view.LakeSql;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.HadoopSettings;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** One run, from the first cluster to the report. */
final class Run {

    private static final Duration STALL_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration SHOW_EVERY = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int SHUFFLE_PARTITIONS = 2;

    private final RunOptions options;
    private final LakeDirectory directory;
    private final StartUp startUp;
    private final Children children;
    private final Clock clock;
    private final Console console;

    Run(RunOptions options, LakeDirectory directory, StartUp startUp, Children children, Clock clock, Console console) {
        this.options = options;
        this.directory = directory;
        this.startUp = startUp;
        this.children = children;
        this.clock = clock;
        this.console = console;
    }

    Report report() {
        PipelineConfig config = Settings.writePipeline(options.config(), directory.configFile());
        int number = directory.truth().nextRun();
        Loads loads = new Loads(Load.of(options, config, number), Load.spare(options, config, number));
        LakePlace place = startUp.lake(options.s3());
        console.say("lake " + place.uri() + ", everything else in " + directory.lab());
        Map<String, String> servers = startUp.kafka(loads.first().dataCenters(), loads.spareNames());
        console.say("Kafka of " + String.join(", ", new TreeSet<>(servers.keySet())) + " is up, the jobs are starting");
        ConfiguredJobs jobs = startUp.jobs(place, options.mergeEvery());
        // Spark and Hadoop in this process find the endpoint as those of the jobs do.
        place.endpoint().ifPresent(s3 -> s3.properties().forEach(System::setProperty));
        try (JobRuntime runtime = LocalRuntime.open("tributary-run-local", SHUFFLE_PARTITIONS)) {
            Lake lake = Lake.of(Optional.of(place.uri()), config);
            startUp.awaitJobs(lake, new HadoopFiles(HadoopSettings.ofProcess()));
            console.say("both jobs are up, sending " + loads.first().describe());
            loads.spareNames()
                    .forEach(name ->
                            console.say(name + " sends as well and is not in the data-centers file; its brokers are "
                                    + servers.get(name) + ", its topic is " + KafkaLabSpec.TOPIC));
            try (PageServer page = PageServer.of(lake, HadoopSettings.ofProcess())) {
                console.say("the status page is at " + page.address() + " while this runs");
                LakeSql sql = new LakeSql(runtime.spark(), lake);
                return report(new PipelineUnderTest(directory, config, lake, sql), jobs, loads, servers);
            }
        }
    }

    private Report report(PipelineUnderTest pipeline, ConfiguredJobs jobs, Loads loads, Map<String, String> servers) {
        Workload workload = new Workload(
                pipeline, loads.names(), () -> servers, HadoopSettings.ofProcess(), ViewPoller.Excuse.NEVER, clock);
        List<String> troubles;
        try (workload) {
            troubles = new Watched(workload, jobs, loads, servers, RefusedLoad.of(options, pipeline.config(), clock))
                    .runUntilDone();
        }
        console.say("comparing what is visible with what was sent");
        return workload.judge(troubles, children.peakMegabytes());
    }

    private static Map<String, String> ofLoad(Load load, Map<String, String> servers) {
        Map<String, String> own = new LinkedHashMap<>();
        load.dataCenters().forEach(name -> own.put(name, servers.get(name)));
        return own;
    }

    /** The part of a run in which events flow. */
    private final class Watched {

        private final Workload workload;
        private final ConfiguredJobs jobs;
        private final Loads loads;
        private final Map<String, String> servers;
        private final Optional<RefusedLoad> refused;
        private final Progress progress;
        private final DrainMonitor drain;
        private Duration nextShow = Duration.ZERO;
        private volatile CommitTracker.Standing latest;

        Watched(
                Workload workload,
                ConfiguredJobs jobs,
                Loads loads,
                Map<String, String> servers,
                Optional<RefusedLoad> refused) {
            this.workload = workload;
            this.jobs = jobs;
            this.loads = loads;
            this.servers = servers;
            this.refused = refused;
            this.latest = workload.commits().look();
            this.progress = new Progress(loads.names(), latest);
            this.drain = workload.drainMonitor(STALL_TIMEOUT, () -> KafkaEnds.of(servers, KafkaLabSpec.TOPIC));
        }

        /** Returns when everything is sent and merged, or with what is in the way of that. */
        List<String> runUntilDone() {
            workload.start();
            long readBefore = latest.total().read();
            workload.sendAfterTheFirst(
                    loads.first(),
                    ofLoad(loads.first(), servers),
                    () -> latest.total().read() > readBefore);
            loads.spare().forEach(load -> workload.send(load, ofLoad(load, servers), Pace.realTime()));
            options.closeAfter().ifPresent(this::closeLast);
            refused.ifPresent(load -> load.startIn(workload, servers, console::say));
            while (true) {
                jobs.look(console::say).ifPresent(workload::startedWith);
                List<String> troubles = troubles();
                latest = workload.commits().look();
                if (!troubles.isEmpty()) {
                    return troubles;
                }
                Optional<List<String>> end = drain.check(latest, workload.isAllSent(), true);
                show(drain.isAllSent() ? "all is sent" : "sending");
                if (end.isPresent()) {
                    return end.get();
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }

        private void closeLast(Duration after) {
            String name =
                    loads.first().dataCenters().get(loads.first().dataCenters().size() - 1);
            workload.send(goOn -> {
                if (Later.isReached(after, goOn)) {
                    workload.hold(name);
                    console.say(name + " sends nothing more");
                }
            });
        }

        private List<String> troubles() {
            List<String> troubles = new ArrayList<>(workload.troubles());
            children.ended()
                    .ifPresent(process -> troubles.add(
                            process.failure("ended while it was needed").getMessage()));
            return troubles;
        }

        private void show(String phase) {
            Duration since = console.sinceStart();
            if (since.compareTo(nextShow) >= 0) {
                nextShow = since.plus(SHOW_EVERY);
                console.show(progress.lines(
                        since, phase, workload.sent(), latest, workload.poller().latest()));
            }
        }
    }
}
