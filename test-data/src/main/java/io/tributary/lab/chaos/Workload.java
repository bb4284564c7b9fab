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
import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.run.CommitTimes;
import io.tributary.lab.run.CommitTracker;
import io.tributary.lab.run.KafkaEnds;
import io.tributary.lab.run.LakeRows;
import io.tributary.lab.run.Load;
import io.tributary.lab.run.ResidentMemory;
import io.tributary.lab.run.Sending;
import io.tributary.lab.run.StallDetector;
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
import java.util.stream.Stream;

/** Events on their way through a rig: the loads that send them, the reader that asks for them, and who looks after it. */
final class Workload implements AutoCloseable {

    private static final Shares SHARES = new Shares(0.10, 0.05, 0.01);

    /** So many records go ahead; the rest follows when the stream has read one. */
    private static final int FIRST = 10;

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration STALL_TIMEOUT = Duration.ofMinutes(3);

    private final TestBed rig;
    private final List<String> dataCenters;
    private final Clock clock;
    private final Oracle oracle;
    private final RecoveryTimes recoveries = new RecoveryTimes();
    private final CommitTracker commits;
    private final Observer observer;
    private final TruthWriter truth;
    private final ViewPoller watch;
    private final RecoveryMonitor lookout;
    private final List<Sending> sendings = new ArrayList<>();
    private final List<Sender> senders = new ArrayList<>();
    private final List<HostileSender> hostiles = new ArrayList<>();
    private Optional<Sending> hostileSending = Optional.empty();

    private Workload(TestBed rig, List<String> dataCenters, Clock clock) {
        this.rig = rig;
        this.dataCenters = List.copyOf(dataCenters);
        this.clock = clock;
        this.oracle = new Oracle(rig.config());
        CommitLog staging = new CommitLog(rig.lake().staging(), rig.past());
        CommitLog merged = new CommitLog(rig.lake().merged(), rig.past());
        this.commits = new CommitTracker(staging, merged);
        this.observer = new Observer(
                dataCenters.size(),
                rig.config().dedup().timeTolerance(),
                clock.millis(),
                new CommitTimes(staging, merged));
        this.truth = rig.directory().truth().open(rig.directory().truth().nextRun());
        this.watch = new ViewPoller(
                rig.sql(),
                LakeRows.sql(rig.lake().names().view(), rig.config().dedup().scope(), dataCenters),
                observer,
                dataCenters.size(),
                clock,
                new ToleratedReadFailure(rig.site().s3()::lastSpoiltNanos));
        this.lookout = new RecoveryMonitor(
                rig.site().drivers(), commits, recoveries, rig.site().console());
    }

    /**
     * Begins to ask and to send.
     *
     * @param atMost how long is sent, if nobody says enough before
     */
    static Workload start(TestBed rig, List<String> dataCenters, int rate, Duration atMost, long seed, Clock clock) {
        return start(rig, new LoadSpec(rate, atMost, dataCenters, SHARES, TextSize.DEFAULT, 1, seed), clock);
    }

    /** Begins to ask and to send a load. */
    static Workload start(TestBed rig, LoadSpec load, Clock clock) {
        Workload flow = new Workload(rig, load.dataCenters(), clock);
        flow.watch.start();
        flow.lookout.start(flow.watch);
        Pace pace =
                Pace.afterTheFirst(FIRST, () -> flow.lookout.latest().total().read() > 0);
        flow.send(load, pace);
        return flow;
    }

    /**
     * Begins to send hostile records through a data center.
     *
     * @param first the number of the first one, which no other call shares
     */
    void sendHostile(String dataCenter, long seed, long first, long count, int rate) {
        String servers = rig.site().clusters().servers().get(dataCenter);
        HostileSender hostile = new HostileSender(dataCenter, servers, KafkaLabSpec.TOPIC, oracle, truth, clock);
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
        Map<String, String> servers = rig.site().clusters().servers(spec.dataCenters());
        Sender sender = new Sender(servers, KafkaLabSpec.TOPIC, truth);
        senders.add(sender);
        sendings.add(Sending.start(Load.of(spec, rig.config().dedup().scope()), sender, clock, pace));
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
        return watch.excused();
    }

    /** Where the partitions of some data centers end now. */
    Map<TopicPartitionId, Long> ends(List<String> names) {
        return KafkaEnds.of(rig.site().clusters().servers(names), KafkaLabSpec.TOPIC);
    }

    /** What is wrong with the run itself; no fault is. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        watch.failure().ifPresent(e -> troubles.add("The view could not be asked: " + chain(e)));
        lookout.failure().ifPresent(e -> troubles.add("The run could not be looked after: " + chain(e)));
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

    /** Waits until the pipeline got over a fault, or this has passed, or there is trouble; returns the trouble. */
    List<String> awaitRecovery(Fault fault, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        List<String> troubles = troubles();
        while (troubles.isEmpty() && !recoveries.isOver(fault) && end - System.nanoTime() > 0) {
            rig.site().pause(LOOK_EVERY);
            troubles = troubles();
        }
        return troubles;
    }

    /** Lets time pass while there is no trouble; returns the trouble. */
    List<String> runUntilDone(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        List<String> troubles = troubles();
        while (troubles.isEmpty() && end - System.nanoTime() > 0) {
            rig.site().pause(LOOK_EVERY);
            troubles = troubles();
        }
        return troubles;
    }

    /** Waits until everything that was sent is merged and every fault is got over; returns what is in the way. */
    List<String> drain() {
        StallDetector stillness = new StallDetector(STALL_TIMEOUT);
        Optional<Map<TopicPartitionId, Long>> ends = Optional.empty();
        while (true) {
            List<String> troubles = troubles();
            if (!troubles.isEmpty()) {
                return troubles;
            }
            CommitTracker.Standing standing = lookout.latest();
            if (ends.isEmpty() && isAllSent()) {
                ends = Optional.of(
                        ends(List.copyOf(rig.site().clusters().servers().keySet())));
            }
            if (ends.isPresent()
                    && standing.isDone(ends.get())
                    && recoveries.open().isEmpty()) {
                return List.of();
            }
            if (ends.isPresent() && stillness.isTooLong(standing, System.nanoTime())) {
                return List.of("Everything is sent, but nothing has been read or merged for "
                        + STALL_TIMEOUT.toMinutes() + " minutes. The jobs' logs are in "
                        + rig.directory().log("ingest").getParent());
            }
            rig.site().pause(LOOK_EVERY);
        }
    }

    /** The verdict on everything that was sent; to be called once this is closed. */
    Report judge(List<String> troubles) {
        List<Long> pids = Stream.concat(
                        Stream.of(ProcessHandle.current().pid()),
                        rig.site().children().all().stream().map(ChildProcess::pid))
                .toList();
        rig.site().console().say("comparing what is visible with what was sent");
        return new Verifier(
                        rig.sql(),
                        rig.lake(),
                        rig.config().dedup().scope(),
                        dataCenters,
                        rig.directory().truth())
                .report(observer, commits.look(), ResidentMemory.peakMegabytes(pids), troubles, clock);
    }

    /** Ends the asking, the sending and the looking after. */
    @Override
    public void close() {
        stopSending();
        lookout.close();
        watch.close();
        senders.forEach(Sender::close);
        hostiles.forEach(HostileSender::close);
        truth.close();
    }
}
