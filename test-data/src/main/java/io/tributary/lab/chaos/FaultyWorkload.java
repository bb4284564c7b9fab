package io.tributary.lab.chaos;

import io.tributary.config.PipelineConfig;
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
import io.tributary.lab.run.CommitTracker;
import io.tributary.lab.run.DrainMonitor;
import io.tributary.lab.run.KafkaEnds;
import io.tributary.lab.run.Load;
import io.tributary.lab.run.Sending;
import io.tributary.lab.run.Workload;
import io.tributary.lab.truth.SentCounts;
import io.tributary.offsets.TopicPartitionId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A workload for a pipeline with faults: hostile records as well, newcomers, and the time that each recovery takes. */
final class FaultyWorkload implements AutoCloseable {

    private static final Shares SHARES = new Shares(0.10, 0.05, 0.01);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration STALL_TIMEOUT = Duration.ofMinutes(3);

    private final TestBed testBed;
    private final Clock clock;
    private final Oracle oracle;
    private final RecoveryTimes recoveries = new RecoveryTimes();
    private final Workload workload;
    private final RecoveryMonitor monitor;
    private final List<HostileSender> hostiles = new ArrayList<>();
    private Optional<Sending> hostileSending = Optional.empty();
    private int newcomers;

    private FaultyWorkload(TestBed testBed, List<String> dataCenters, Clock clock) {
        this.testBed = testBed;
        this.clock = clock;
        this.oracle = new Oracle(testBed.pipeline().config());
        this.workload = new Workload(
                testBed.pipeline(),
                dataCenters,
                testBed.targets().clusters()::servers,
                testBed.past(),
                new ToleratedReadFailure(testBed.targets().s3()::lastSpoiltNanos),
                clock);
        this.monitor = new RecoveryMonitor(
                testBed.targets().drivers(),
                workload.commits(),
                recoveries,
                testBed.targets().console());
    }

    /**
     * Begins to ask and to send.
     *
     * @param atMost how long is sent, if nobody says enough before
     */
    static FaultyWorkload start(
            TestBed testBed, List<String> dataCenters, int rate, Duration atMost, long seed, Clock clock) {
        return start(testBed, new LoadSpec(rate, atMost, dataCenters, SHARES, TextSize.DEFAULT, 1, seed), clock);
    }

    /** Begins to ask and to send a load. */
    static FaultyWorkload start(TestBed testBed, LoadSpec load, Clock clock) {
        FaultyWorkload started = new FaultyWorkload(testBed, load.dataCenters(), clock);
        started.workload.start();
        started.monitor.start(started.workload.poller());
        started.workload.sendAfterTheFirst(
                started.load(load),
                started.servers(load),
                () -> started.standing().total().read() > 0);
        return started;
    }

    private Load load(LoadSpec spec) {
        return Load.of(spec, testBed.pipeline().config().dedup().scope());
    }

    private Map<String, String> servers(LoadSpec spec) {
        return testBed.targets().clusters().servers(spec.dataCenters());
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
                workload.truth(),
                clock);
        hostiles.add(hostile);
        hostileSending = Optional.of(workload.send(goOn -> hostile.run(seed, first, count, rate, goOn)));
    }

    /** Whether the hostile records are sent. */
    boolean isHostileSent() {
        return hostileSending.map(Sending::isDone).orElse(true);
    }

    /** Begins to send through one data center more. */
    void sendThrough(String newcomer, int rate, Duration atMost, long seed) {
        newcomers++;
        LoadSpec spec = new LoadSpec(rate, atMost, List.of(newcomer), SHARES, TextSize.DEFAULT, 1 + newcomers, seed);
        workload.send(load(spec), servers(spec), Pace.realTime());
    }

    /** Keeps back what is to be sent through a data center, and returns when all that was sent is acknowledged. */
    void hold(String dataCenter) {
        testBed.targets().await("the hostile records are sent", this::isHostileSent);
        workload.hold(dataCenter);
    }

    /** Sends what was kept back to the topic that the data center has now. */
    void release(String dataCenter) {
        workload.release(dataCenter);
    }

    /** How many records were sent through a data center and acknowledged. */
    long sent(String dataCenter) {
        return workload.sent().getOrDefault(dataCenter, SentCounts.EMPTY).all();
    }

    /** Sends single records through some data centers. */
    Sender sender(List<String> dataCenters) {
        return workload.sender(testBed.targets().clusters().servers(dataCenters));
    }

    /** Notes that the streaming job is started with another configuration now. */
    void startedWith(PipelineConfig config) {
        workload.startedWith(config);
    }

    /** How far the pipeline had come at the last look. */
    CommitTracker.Standing standing() {
        return monitor.latest();
    }

    /** Sends nothing more. */
    void stopSending() {
        workload.stopSending();
    }

    RecoveryTimes recoveries() {
        return recoveries;
    }

    Observer observer() {
        return workload.observer();
    }

    /** How often the reader's question failed because S3 was told to fail. */
    long pollsLost() {
        return workload.poller().excused();
    }

    /** Where the partitions of some data centers end now. */
    Map<TopicPartitionId, Long> ends(List<String> names) {
        return KafkaEnds.of(testBed.targets().clusters().servers(names), KafkaLabSpec.TOPIC);
    }

    /** What is wrong with the run itself; no fault is. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>(workload.troubles());
        monitor.failure().ifPresent(e -> troubles.add(Workload.trouble("The run could not be looked after", e)));
        return troubles;
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
        DrainMonitor drain = workload.drainMonitor(
                STALL_TIMEOUT,
                () -> ends(List.copyOf(testBed.targets().clusters().servers().keySet())));
        while (true) {
            List<String> troubles = troubles();
            if (!troubles.isEmpty()) {
                return troubles;
            }
            Optional<List<String>> end = drain.check(
                    standing(), workload.isAllSent(), recoveries.open().isEmpty());
            if (end.isPresent()) {
                return end.get();
            }
            testBed.targets().pause(LOOK_EVERY);
        }
    }

    /** The verdict on everything that was sent; to be called once this is closed. */
    Report judge(List<String> troubles) {
        testBed.targets().console().say("comparing what is visible with what was sent");
        return workload.judge(troubles, testBed.targets().children().peakMegabytes());
    }

    /** Ends the asking, the sending and the looking after. */
    @Override
    public void close() {
        stopSending();
        monitor.close();
        workload.close();
        hostiles.forEach(HostileSender::close);
    }
}
