package io.tributary.lab.chaos;

import io.tributary.account.CommitLog;
import io.tributary.account.PartitionId;
import io.tributary.audit.AuditTool;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.evaluate.Observer;
import io.tributary.lab.evaluate.Report;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.load.LoadSpec;
import io.tributary.lab.load.LoadSpec.Shares;
import io.tributary.lab.load.LoadSpec.TextSize;
import io.tributary.lab.load.Pace;
import io.tributary.lab.load.Sender;
import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.run.Accounts;
import io.tributary.lab.run.Children;
import io.tributary.lab.run.Console;
import io.tributary.lab.run.Jobs;
import io.tributary.lab.run.Judgement;
import io.tributary.lab.run.KafkaEnds;
import io.tributary.lab.run.LakeDirectory;
import io.tributary.lab.run.LakePlace;
import io.tributary.lab.run.LakeRows;
import io.tributary.lab.run.Load;
import io.tributary.lab.run.ResidentMemory;
import io.tributary.lab.run.Sending;
import io.tributary.lab.run.Settings;
import io.tributary.lab.run.StartUp;
import io.tributary.lab.run.Stillness;
import io.tributary.lab.run.Watch;
import io.tributary.lab.s3.S3Lab;
import io.tributary.lab.s3.S3LabSpec;
import io.tributary.lab.truth.TruthWriter;
import io.tributary.query.LakeSql;
import io.tributary.runtime.HadoopSettings;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LakeFiles;
import io.tributary.runtime.LocalRuntime;
import io.tributary.table.Lake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** One run with faults, from the first cluster to the report. */
final class ChaosRun {

    private static final List<String> DATA_CENTERS = List.of("dc1", "dc2", "dc3");
    private static final String NEWCOMER = "dc4";
    private static final Shares SHARES = new Shares(0.10, 0.05, 0.01);
    private static final int SHUFFLE_PARTITIONS = 2;

    /** So many records go ahead; the rest follows when the stream has read one. */
    private static final int FIRST = 10;

    /** What a round takes, at most, so that the load does not end before the faults do. */
    private static final Duration A_ROUND = Duration.ofSeconds(60);

    /** The next fault comes when the pipeline got over the last, or when this has passed. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration STILL_AT_MOST = Duration.ofMinutes(3);

    private final ChaosOptions options;
    private final ProjectRoot root;
    private final LakeDirectory directory;
    private final Children children;
    private final Clock clock;
    private final Console console;

    ChaosRun(
            ChaosOptions options,
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

    ChaosReport report() {
        PipelineConfig config = Settings.writePipeline(Optional.empty(), directory.configFile());
        S3Lab s3 = S3Lab.start(root, S3LabSpec.of(directory.s3()).withFront(options.seed()));
        children.addServer(s3.process());
        LakePlace place = LakePlace.on(s3);
        console.say("S3 serves " + place.uri() + ", everything else is in " + directory.lab());
        ClusterProcesses clusters = new ClusterProcesses(root, directory.kafka(), children);
        clusters.startAll(DATA_CENTERS);
        Members members = new Members(clusters, directory.dataCentersFile());
        members.add(DATA_CENTERS);
        console.say("Kafka of " + String.join(", ", DATA_CENTERS) + " is up, the jobs are starting");
        Drivers drivers = new Drivers(new Jobs(root, directory, place), directory, children, console);
        drivers.start();
        // Spark and Hadoop in this process find the endpoint as those of the jobs do.
        place.endpoint().orElseThrow().properties().forEach(System::setProperty);
        Configuration past = HadoopSettings.at(s3.endpointBehindTheFront());
        try (JobRuntime runtime = LocalRuntime.open("tributary-chaos", SHUFFLE_PARTITIONS)) {
            Lake lake = Lake.of(Optional.of(place.uri()), config);
            new StartUp(root, directory, children).awaitJobs(lake, new LakeFiles(HadoopSettings.ofProcess()));
            Site site = new Site(s3.front(), drivers, clusters, members, children, console);
            return new Underway(site, new LakeSql(runtime.spark(), lake), lake, config, past).report();
        }
    }

    /** The part of a run in which events flow. */
    private final class Underway {

        private final Site site;
        private final LakeSql sql;
        private final Lake lake;
        private final PipelineConfig config;
        private final Configuration past;
        private final Schedule schedule = Schedule.of(options.seed(), options.rounds(), DATA_CENTERS);
        private final Recoveries recoveries = new Recoveries();
        private final List<Sending> sendings = new ArrayList<>();
        private final List<Sender> senders = new ArrayList<>();

        Underway(Site site, LakeSql sql, Lake lake, PipelineConfig config, Configuration past) {
            this.site = site;
            this.sql = sql;
            this.lake = lake;
            this.config = config;
            this.past = past;
        }

        ChaosReport report() {
            Accounts accounts = new Accounts(new CommitLog(lake.staging(), past), new CommitLog(lake.merged(), past));
            Observer observer = new Observer(DATA_CENTERS.size(), clock.millis());
            String question = LakeRows.sql(lake.names().view(), config.dedup().scope(), DATA_CENTERS);
            List<String> troubles;
            long excused;
            try (TruthWriter truth = directory.truth().open(directory.truth().nextRun());
                    Watch watch = new Watch(
                            sql,
                            question,
                            observer,
                            DATA_CENTERS.size(),
                            clock,
                            new ReaderExcuse(site.s3()::lastSpoiltNanos));
                    Lookout lookout = new Lookout(site.drivers(), accounts, recoveries, console)) {
                watch.start();
                lookout.start(watch);
                send(DATA_CENTERS, options.rate(), 1, truth, Pace.afterTheFirst(FIRST, () -> lookout.latest()
                                .total()
                                .read()
                        > 0));
                console.say("both jobs are up, sending " + options.rate() + " records/s; " + options.rounds()
                        + " faults by seed " + options.seed());
                troubles = goOn(watch, lookout, truth);
                senders.forEach(Sender::close);
                excused = watch.excused();
            }
            List<Long> pids = Stream.concat(
                            Stream.of(ProcessHandle.current().pid()),
                            children.all().stream().map(ChildProcess::pid))
                    .toList();
            console.say("comparing what is visible with what was sent");
            Report run = new Judgement(sql, lake, config.dedup().scope(), DATA_CENTERS, directory.truth())
                    .report(observer, accounts.look(), ResidentMemory.peakMegabytes(pids), troubles, clock);
            console.say("auditing");
            return new ChaosReport(
                    schedule,
                    run,
                    audit(),
                    recoveries.over(),
                    excused,
                    site.s3().spoilt(),
                    site.drivers().ownEnds());
        }

        private void send(List<String> through, int rate, int number, TruthWriter truth, Pace pace) {
            LoadSpec spec = new LoadSpec(
                    rate,
                    A_ROUND.multipliedBy(options.rounds() + 1L),
                    through,
                    SHARES,
                    TextSize.DEFAULT,
                    number,
                    options.seed());
            Sender sender = new Sender(site.clusters().servers(through), KafkaLabSpec.TOPIC, truth);
            senders.add(sender);
            sendings.add(Sending.start(Load.of(spec, config.dedup().scope()), sender, clock, pace));
        }

        /** Returns when all faults are done and everything is merged, or with what is in the way of that. */
        private List<String> goOn(Watch watch, Lookout lookout, TruthWriter truth) {
            Faults faults = faults(truth);
            site.pause(Duration.ofSeconds(5));
            for (Fault fault : schedule.faults()) {
                site.pause(fault.calm());
                inflict(fault, faults);
                List<String> troubles = awaitRecovery(fault, watch, lookout);
                if (!troubles.isEmpty()) {
                    return troubles;
                }
            }
            site.s3().removeAll();
            sendings.forEach(Sending::stop);
            console.say("all faults are done, waiting for everything to arrive");
            return drain(watch, lookout);
        }

        private Faults faults(TruthWriter truth) {
            return new Faults(
                    new JobFaults(site, lake.defaultCheckpoint(), fileSystem()),
                    new ClusterFaults(site),
                    new S3Faults(site),
                    new MemberFaults(
                            site,
                            NEWCOMER,
                            name -> send(
                                    List.of(name),
                                    Math.max(1, options.rate() / DATA_CENTERS.size()),
                                    2,
                                    truth,
                                    Pace.realTime())));
        }

        private FileSystem fileSystem() {
            try {
                return new Path(lake.root()).getFileSystem(past);
            } catch (IOException e) {
                throw new UncheckedIOException("The lake " + lake.root() + " cannot be reached", e);
            }
        }

        private void inflict(Fault fault, Faults faults) {
            console.say("round " + fault.round() + " of " + schedule.faults().size() + ": "
                    + fault.kind().word());
            long began = System.nanoTime();
            faults.inflict(fault);
            recoveries.await(fault, began, ends(site.members().active()));
        }

        private Map<PartitionId, Long> ends(List<String> names) {
            return KafkaEnds.of(site.clusters().servers(names), KafkaLabSpec.TOPIC);
        }

        private List<String> awaitRecovery(Fault fault, Watch watch, Lookout lookout) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            List<String> troubles = troubles(watch, lookout);
            while (troubles.isEmpty() && !recoveries.isOver(fault) && end - System.nanoTime() > 0) {
                site.pause(LOOK_EVERY);
                troubles = troubles(watch, lookout);
            }
            return troubles;
        }

        private List<String> drain(Watch watch, Lookout lookout) {
            Stillness stillness = new Stillness(STILL_AT_MOST);
            Optional<Map<PartitionId, Long>> ends = Optional.empty();
            while (true) {
                List<String> troubles = troubles(watch, lookout);
                if (!troubles.isEmpty()) {
                    return troubles;
                }
                Accounts.Standing standing = lookout.latest();
                if (ends.isEmpty() && sendings.stream().allMatch(Sending::isDone)) {
                    ends = Optional.of(ends(List.copyOf(site.clusters().servers().keySet())));
                }
                if (ends.isPresent()
                        && standing.isDone(ends.get())
                        && recoveries.open().isEmpty()) {
                    return List.of();
                }
                if (ends.isPresent() && stillness.isTooLong(standing, System.nanoTime())) {
                    return List.of("Everything is sent, but nothing has been read or merged for "
                            + STILL_AT_MOST.toMinutes() + " minutes. The jobs' logs are in "
                            + directory.log("ingest").getParent());
                }
                site.pause(LOOK_EVERY);
            }
        }

        private List<String> troubles(Watch watch, Lookout lookout) {
            List<String> troubles = new ArrayList<>();
            watch.failure().ifPresent(e -> troubles.add("The view could not be asked: " + e));
            lookout.failure().ifPresent(e -> troubles.add("The run could not be looked after: " + e));
            sendings.forEach(sending -> sending.failure()
                    .ifPresent(e -> troubles.add("The load could not be sent: " + e + ", " + e.getCause())));
            return troubles;
        }

        private ChaosReport.Audit audit() {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            int code = new AuditTool(past, new PrintStream(text, true, StandardCharsets.UTF_8))
                    .exitCode(
                            "--lake", lake.root(), "--config", LakeDirectory.uri(directory.configFile()), "--depth",
                            "data");
            if (code != 0) {
                console.show("\n" + text.toString(StandardCharsets.UTF_8));
            }
            return ChaosReport.Audit.of(code);
        }
    }
}
