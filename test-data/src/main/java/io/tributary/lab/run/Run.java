package io.tributary.lab.run;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.evaluate.Observer;
import io.tributary.lab.evaluate.Report;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.load.Pace;
import io.tributary.lab.load.Sender;
import io.tributary.lab.truth.TruthWriter;
import io.tributary.lake.commit.CommitLog;
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
import org.apache.hadoop.conf.Configuration;

/** One run, from the first cluster to the report. */
final class Run {

    private static final Duration STALL_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration SHOW_EVERY = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int SHUFFLE_PARTITIONS = 2;

    /** So many records go ahead; the rest follows when the stream has read one. */
    private static final int FIRST = 10;

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
        Load load = Load.of(options, config, number);
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
            try (TruthWriter truth = directory.truth().open(number);
                    Sender sender = new Sender(ofLoad(load, servers), KafkaLabSpec.TOPIC, truth)) {
                return new Watched(new LakeSql(runtime.spark(), lake), lake, config, load, servers).report(sender);
            }
        }
    }

    private static Map<String, String> ofLoad(Load load, Map<String, String> servers) {
        Map<String, String> own = new LinkedHashMap<>();
        load.dataCenters().forEach(name -> own.put(name, servers.get(name)));
        return own;
    }

    /** The part of a run in which events flow. */
    private final class Watched {

        private final LakeSql sql;
        private final Lake lake;
        private final PipelineConfig config;
        private final Load load;
        private final Map<String, String> servers;
        private final CommitTracker commits;
        private final Progress progress;
        private final CommitTimes appearances;
        private Duration nextShow = Duration.ZERO;
        private volatile CommitTracker.Standing latest;

        Watched(LakeSql sql, Lake lake, PipelineConfig config, Load load, Map<String, String> servers) {
            this.sql = sql;
            this.lake = lake;
            this.config = config;
            this.load = load;
            this.servers = servers;
            Configuration hadoop = HadoopSettings.ofProcess();
            CommitLog staging = new CommitLog(lake.staging(), hadoop);
            CommitLog merged = new CommitLog(lake.merged(), hadoop);
            this.commits = new CommitTracker(staging, merged);
            this.appearances = new CommitTimes(staging, merged);
            this.latest = commits.look();
            this.progress = new Progress(load.dataCenters(), latest);
        }

        Report report(Sender sender) {
            List<String> names = load.dataCenters();
            Observer observer = new Observer(names.size(), config.dedup().timeTolerance(), clock.millis(), appearances);
            String question = LakeRows.sql(lake.names().view(), config.dedup().scope(), names);
            List<String> troubles;
            try (ViewPoller poller =
                    new ViewPoller(sql, question, observer, names.size(), clock, ViewPoller.Excuse.NEVER)) {
                poller.start();
                long readBefore = latest.total().read();
                Sending sending = Sending.start(
                        load,
                        sender,
                        clock,
                        Pace.afterTheFirst(FIRST, () -> latest.total().read() > readBefore));
                troubles = runUntilDone(sending, sender, poller);
                sending.stop();
                // What is being sent no more is being written down no more.
                sender.close();
            }
            console.say("comparing what is visible with what was sent");
            return new Verifier(sql, lake, config.dedup(), names, directory.truth())
                    .report(observer, commits, children.peakMegabytes(), troubles, clock);
        }

        /** Returns when everything is sent and merged, or with what is in the way of that. */
        private List<String> runUntilDone(Sending sending, Sender sender, ViewPoller poller) {
            DrainMonitor drain = new DrainMonitor(
                    STALL_TIMEOUT,
                    () -> KafkaEnds.of(servers, KafkaLabSpec.TOPIC),
                    directory.log("ingest").getParent());
            while (true) {
                List<String> troubles = troubles(sending, poller);
                latest = commits.look();
                if (!troubles.isEmpty()) {
                    return troubles;
                }
                Optional<List<String>> end = drain.check(latest, sending.isDone(), true);
                show(drain.isAllSent() ? "all is sent" : "sending", sender, latest, poller);
                if (end.isPresent()) {
                    return end.get();
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }

        private List<String> troubles(Sending sending, ViewPoller poller) {
            List<String> troubles = new ArrayList<>();
            children.ended()
                    .ifPresent(process -> troubles.add(
                            process.failure("ended while it was needed").getMessage()));
            poller.failure().ifPresent(e -> troubles.add("The view could not be asked: " + e));
            sending.failure().ifPresent(e -> troubles.add("The load could not be sent: " + e + ", " + e.getCause()));
            return troubles;
        }

        private void show(String phase, Sender sender, CommitTracker.Standing standing, ViewPoller poller) {
            Duration since = console.sinceStart();
            if (since.compareTo(nextShow) >= 0) {
                nextShow = since.plus(SHOW_EVERY);
                console.show(progress.lines(since, phase, sender.counts(), standing, poller.latest()));
            }
        }
    }
}
