package io.tributary.lab.run;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.evaluate.Report;
import io.tributary.lab.kafka.KafkaLabSpec;
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
        Load load = Load.of(options, config, directory.truth().nextRun());
        LakePlace place = startUp.lake(options.s3());
        console.say("lake " + place.uri() + ", everything else in " + directory.lab());
        Map<String, String> servers = startUp.kafka(load.dataCenters());
        console.say("Kafka of " + String.join(", ", servers.keySet()) + " is up, the jobs are starting");
        startUp.jobs(place, options.mergeEvery());
        // Spark and Hadoop in this process find the endpoint as those of the jobs do.
        place.endpoint().ifPresent(s3 -> s3.properties().forEach(System::setProperty));
        try (JobRuntime runtime = LocalRuntime.open("tributary-run-local", SHUFFLE_PARTITIONS)) {
            Lake lake = Lake.of(Optional.of(place.uri()), config);
            startUp.awaitJobs(lake, new HadoopFiles(HadoopSettings.ofProcess()));
            console.say("both jobs are up, sending " + load.describe());
            try (PageServer page = PageServer.of(lake, HadoopSettings.ofProcess())) {
                console.say("the status page is at " + page.address() + " while this runs");
                LakeSql sql = new LakeSql(runtime.spark(), lake);
                return report(new PipelineUnderTest(directory, config, lake, sql), load, servers);
            }
        }
    }

    private Report report(PipelineUnderTest pipeline, Load load, Map<String, String> servers) {
        Workload workload =
                new Workload(pipeline, load.dataCenters(), HadoopSettings.ofProcess(), ViewPoller.Excuse.NEVER, clock);
        List<String> troubles;
        try (workload) {
            troubles = new Watched(workload, load, servers).runUntilDone();
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
        private final Load load;
        private final Map<String, String> servers;
        private final Progress progress;
        private final DrainMonitor drain;
        private Duration nextShow = Duration.ZERO;
        private volatile CommitTracker.Standing latest;

        Watched(Workload workload, Load load, Map<String, String> servers) {
            this.workload = workload;
            this.load = load;
            this.servers = servers;
            this.latest = workload.commits().look();
            this.progress = new Progress(load.dataCenters(), latest);
            this.drain = workload.drainMonitor(STALL_TIMEOUT, () -> KafkaEnds.of(servers, KafkaLabSpec.TOPIC));
        }

        /** Returns when everything is sent and merged, or with what is in the way of that. */
        List<String> runUntilDone() {
            workload.start();
            long readBefore = latest.total().read();
            workload.sendAfterTheFirst(
                    load, ofLoad(load, servers), () -> latest.total().read() > readBefore);
            while (true) {
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
