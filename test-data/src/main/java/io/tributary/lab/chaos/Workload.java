package io.tributary.lab.chaos;

import io.tributary.lab.evaluate.Observer;
import io.tributary.lab.evaluate.Report;
import io.tributary.lab.fuzz.HostileSender;
import io.tributary.lab.fuzz.Oracle;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.load.LoadSpec;
import io.tributary.lab.load.LoadSpec.Shares;
import io.tributary.lab.load.LoadSpec.TextSize;
import io.tributary.lab.load.Pace;
import io.tributary.lab.load.Sender;
import io.tributary.lab.load.TopicIds;
import io.tributary.lab.run.CommitTimes;
import io.tributary.lab.run.CommitTracker;
import io.tributary.lab.run.DrainMonitor;
import io.tributary.lab.run.KafkaEnds;
import io.tributary.lab.run.LakeRows;
import io.tributary.lab.run.Load;
import io.tributary.lab.run.Sending;
import io.tributary.lab.run.Verifier;
import io.tributary.lab.run.ViewPoller;
import io.tributary.lab.truth.TruthWriter;
import io.tributary.lake.commit.CommitLog;
import io.tributary.offsets.TopicPartitionId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events on their way through a rig: the loads that send them, the reader that asks for them, and who looks after it. */
final class Workload implements AutoCloseable {

    private static final Shares SHARES = new Shares(0.10, 0.05, 0.01);

    /** So many records go ahead; the rest follows when the stream has read one. */
    private static final int FIRST = 10;

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration STALL_TIMEOUT = Duration.ofMinutes(3);

    private final TestBed testBed;
    private final List<String> dataCenters;
    private final Clock clock;
    private final Oracle oracle;
    private final RecoveryTimes recoveries = new RecoveryTimes();
    private final CommitTracker commits;
    private final Observer observer;
    private final TruthWriter truth;
    private final ViewPoller poller;
    private final RecoveryMonitor monitor;
    private final List<Sending> sendings = new ArrayList<>();
    private final List<Sender> senders = new ArrayList<>();
    private final List<HostileSender> hostiles = new ArrayList<>();
    private Optional<Sending> hostileSending = Optional.empty();

    private Workload(TestBed testBed, List<String> dataCenters, Clock clock) {
        this.testBed = testBed;
        this.dataCenters = List.copyOf(dataCenters);
        this.clock = clock;
        this.oracle = new Oracle(testBed.config());
        CommitLog staging = new CommitLog(testBed.lake().staging(), testBed.past());
        CommitLog merged = new CommitLog(testBed.lake().merged(), testBed.past());
        this.commits = new CommitTracker(staging, merged);
        this.observer = new Observer(
                dataCenters.size(),
                testBed.config().dedup().timeTolerance(),
                clock.millis(),
                new CommitTimes(staging, merged));
        this.truth =
                testBed.directory().truth().open(testBed.directory().truth().nextRun());
        this.poller = new ViewPoller(
                testBed.sql(),
                LakeRows.sql(
                        testBed.lake().names().view(), testBed.config().dedup().scope(), dataCenters),
                observer,
                dataCenters.size(),
                clock,
                new ToleratedReadFailure(testBed.targets().s3()::lastSpoiltNanos));
        this.monitor = new RecoveryMonitor(
                testBed.targets().drivers(),
                commits,
                recoveries,
                testBed.targets().console());
    }

    /**
     * Begins to ask and to send.
     *
     * @param atMost how long is sent, if nobody says enough before
     */
    static Workload start(
            TestBed testBed, List<String> dataCenters, int rate, Duration atMost, long seed, Clock clock) {
        return start(testBed, new LoadSpec(rate, atMost, dataCenters, SHARES, TextSize.DEFAULT, 1, seed), clock);
    }

    /** Begins to ask and to send a load. */
    static Workload start(TestBed testBed, LoadSpec load, Clock clock) {
        Workload workload = new Workload(testBed, load.dataCenters(), clock);
        workload.poller.start();
        workload.monitor.start(workload.poller);
        Pace pace = Pace.afterTheFirst(
                FIRST, () -> workload.monitor.latest().total().read() > 0);
        workload.send(load, pace);
        return workload;
    }

    /**
     * Begins to send hostile records through a data center.
     *
     * @param first the number of the first one, which no other call shares
     */
    void sendHostile(String dataCenter, long seed, long first, long count, int rate) {
        String servers = testBed.targets().clusters().servers().get(dataCenter);
        HostileSender hostile = new HostileSender(
                dataCenter,
                servers,
                KafkaLabSpec.TOPIC,
                TopicIds.of(servers, KafkaLabSpec.TOPIC),
                oracle,
                truth,
                clock);
        hostiles.add(hostile);
        hostileSending = Optional.of(Sending.start(goOn -> hostile.run(seed, first, count, rate, goOn)));
        sendings.add(hostileSending.get());
    }

    /** Whether the hostile records are sent. */
    boolean isHostileSent() {
        return hostileSending.map(Sending::isDone).orElse(true);
    }

    private boolean isAllSent() {
        return sendings.stream().allMatch(Sending::isDone);
    }

    /** Begins to send through one data center more. */
    void sendThrough(String newcomer, int rate, Duration atMost, long seed) {
        send(
                new LoadSpec(rate, atMost, List.of(newcomer), SHARES, TextSize.DEFAULT, senders.size() + 1, seed),
                Pace.realTime());
    }

    private void send(LoadSpec spec, Pace pace) {
        Map<String, String> servers = testBed.targets().clusters().servers(spec.dataCenters());
        Sender sender = new Sender(servers, KafkaLabSpec.TOPIC, truth);
        senders.add(sender);
        sendings.add(Sending.start(Load.of(spec, testBed.config().dedup().scope()), sender, clock, pace));
    }

    /** Keeps back what is to be sent through a data center, and returns when all that was sent is acknowledged. */
    void hold(String dataCenter) {
        testBed.targets().await("the hostile records are sent", this::isHostileSent);
        senders.forEach(sender -> sender.hold(dataCenter));
    }

    /** Sends what was kept back to the topic that the data center has now. */
    void release(String dataCenter) {
        senders.forEach(sender -> sender.release(dataCenter));
    }

    /** How far the pipeline had come at the last look. */
    CommitTracker.Standing standing() {
        return monitor.latest();
    }

    /** Sends nothing more. */
    void stopSending() {
        sendings.forEach(Sending::stop);
    }

    RecoveryTimes recoveries() {
        return recoveries;
    }

    Observer observer() {
        return observer;
    }

    /** How often the reader's question failed because S3 was told to fail. */
    long pollsLost() {
        return poller.excused();
    }

    /** Where the partitions of some data centers end now. */
    Map<TopicPartitionId, Long> ends(List<String> names) {
        return KafkaEnds.of(testBed.targets().clusters().servers(names), KafkaLabSpec.TOPIC);
    }

    /** What is wrong with the run itself; no fault is. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        poller.failure().ifPresent(e -> troubles.add("The view could not be asked: " + chain(e)));
        monitor.failure().ifPresent(e -> troubles.add("The run could not be looked after: " + chain(e)));
        sendings.forEach(
                sending -> sending.failure().ifPresent(e -> troubles.add("The load could not be sent: " + chain(e))));
        return troubles;
    }

    private static String chain(Throwable failure) {
        List<String> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            causes.add(cause.toString());
        }
        return String.join(", because of ", causes);
    }

    /** Waits until the pipeline recovered from a fault, or this has passed, or there is trouble; returns the trouble. */
    List<String> awaitRecovery(Fault fault, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        List<String> troubles = troubles();
        while (troubles.isEmpty() && !recoveries.isOver(fault) && end - System.nanoTime() > 0) {
            testBed.targets().pause(LOOK_EVERY);
            troubles = troubles();
        }
        return troubles;
    }

    /** Lets time pass while there is no trouble; returns the trouble. */
    List<String> runUntilDone(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        List<String> troubles = troubles();
        while (troubles.isEmpty() && end - System.nanoTime() > 0) {
            testBed.targets().pause(LOOK_EVERY);
            troubles = troubles();
        }
        return troubles;
    }

    /** Waits until everything that was sent is merged and every fault is recovered from; returns what is in the way. */
    List<String> drain() {
        DrainMonitor drain = new DrainMonitor(
                STALL_TIMEOUT,
                () -> ends(List.copyOf(testBed.targets().clusters().servers().keySet())),
                testBed.directory().log("ingest").getParent());
        while (true) {
            List<String> troubles = troubles();
            if (!troubles.isEmpty()) {
                return troubles;
            }
            Optional<List<String>> end =
                    drain.check(monitor.latest(), isAllSent(), recoveries.open().isEmpty());
            if (end.isPresent()) {
                return end.get();
            }
            testBed.targets().pause(LOOK_EVERY);
        }
    }

    /** The verdict on everything that was sent; to be called once this is closed. */
    Report judge(List<String> troubles) {
        testBed.targets().console().say("comparing what is visible with what was sent");
        return new Verifier(
                        testBed.sql(),
                        testBed.lake(),
                        testBed.config().dedup(),
                        dataCenters,
                        testBed.directory().truth())
                .report(observer, commits, testBed.targets().children().peakMegabytes(), troubles, clock);
    }

    /** Ends the asking, the sending and the looking after. */
    @Override
    public void close() {
        stopSending();
        monitor.close();
        poller.close();
        senders.forEach(Sender::close);
        hostiles.forEach(HostileSender::close);
        truth.close();
    }
}
