package io.tributary.lab.chaos;

import io.tributary.lab.evaluate.Report;
import io.tributary.lab.evaluate.TimeWindow;
import io.tributary.lab.load.IdentityScope;
import io.tributary.lab.load.LoadSpec;
import io.tributary.lab.load.LoadSpec.Shares;
import io.tributary.lab.load.LoadSpec.TextSize;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.run.LakeDirectory;
import io.tributary.runtime.S3Endpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run in which an operator works with the command line alone, while events flow and somebody asks for them.
 *
 * <pre>
 *  ── calm ──┬── add ── pause ── drain ── wrong port ── replay ── erase ──┬── everything is merged ──► verdict, audit
 *   before   │            during, step by step                           │
 * </pre>
 *
 * <p>A step whose command answers otherwise than an operator may expect ends the work; the verdict is told all the same.
 */
final class OperatorRun {

    /** Those that are watched while something is done to another. */
    private static final List<String> WATCHED = List.of("dc1", "dc2");

    private static final Shares SHARES = new Shares(0.10, 0.05, 0.01);
    private static final Duration CALM = Duration.ofSeconds(25);

    /** What Kafka took in shortly before belongs to what comes then. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

    private static final Duration AT_MOST = Duration.ofMinutes(30);

    private final ChaosOptions options;
    private final TestBed testBed;
    private final Clock clock;
    private final OperatorTerminal terminal;
    private final Map<String, Watch> watches = new LinkedHashMap<>();

    OperatorRun(ChaosOptions options, TestBed testBed, ProjectRoot root, Clock clock) {
        this.options = options;
        this.testBed = testBed;
        this.clock = clock;
        this.terminal = new OperatorTerminal(
                root,
                session(testBed),
                testBed.targets().children(),
                testBed.pipeline().directory()::log,
                testBed.targets().console());
    }

    /** What was watched of whom during a step. */
    private record Watch(List<String> others, TimeWindow during) {}

    /** The variables that docs/operating.md lets an operator set for a session. */
    private static Map<String, String> session(TestBed testBed) {
        LakeDirectory directory = testBed.pipeline().directory();
        S3Endpoint s3 = S3Endpoint.ofProcess().orElseThrow();
        Map<String, String> session = new TreeMap<>();
        session.put("TRIBUTARY_LAKE", testBed.pipeline().lake().root());
        session.put("TRIBUTARY_CONFIG", LakeDirectory.uri(directory.configFile()));
        session.put("TRIBUTARY_DATA_CENTERS", directory.dataCentersFile().toString());
        session.put(S3Endpoint.VARIABLE, s3.uri().toString());
        session.put("AWS_ACCESS_KEY_ID", s3.accessKey().orElse(""));
        session.put("AWS_SECRET_ACCESS_KEY", s3.secretKey().orElse(""));
        return session;
    }

    OperatorReport report() {
        FaultyWorkload workload = FaultyWorkload.start(
                testBed,
                new LoadSpec(
                        options.rate(), AT_MOST, ChaosRun.DATA_CENTERS, SHARES, TextSize.DEFAULT, 1, options.seed()),
                clock);
        TimeWindow before;
        List<String> troubles;
        try (workload) {
            say("both jobs are up, sending " + options.rate() + " records/s; an operator is at work");
            long begins = clock.millis() + CALM.toMillis();
            before = workload.observer().measure(clock.millis(), begins - ON_ITS_WAY.toMillis());
            troubles = work(workload);
            workload.stopSending();
            if (troubles.isEmpty()) {
                say("all is done, waiting for everything to arrive");
                troubles = workload.drain();
            }
        }
        Report run = workload.judge(troubles);
        say("auditing logs and data");
        TypedCommand audit = terminal.run("audit --deep");
        if (audit.exitCode() != 0) {
            audit.lines().forEach(line -> testBed.targets().console().show(line + "\n"));
        }
        return new OperatorReport(
                options.seed(),
                run,
                terminal.typed(),
                felt(before),
                ChaosReport.Audit.of(audit.exitCode()),
                testBed.targets().drivers().ownEnds());
    }

    /** Returns what went wrong. */
    private List<String> work(FaultyWorkload workload) {
        OperatorRecords records = new OperatorRecords(
                workload, IdentityScope.of(testBed.pipeline().config().dedup().scope()), options.seed(), clock);
        OperatorSteps steps = new OperatorSteps(testBed, workload, terminal, records, options, clock);
        List<String> troubles = workload.runUntilDone(CALM);
        if (!troubles.isEmpty()) {
            return troubles;
        }
        try {
            records.sendOneToErase();
            step(workload, "a data center is added", WATCHED, steps::addDataCenter);
            step(workload, "one is paused", List.of("dc1"), steps::pauseAndResume);
            step(workload, "one is drained", WATCHED, steps::drainAndRemove);
            step(workload, "one has a wrong port", WATCHED, steps::addWithWrongPort);
            step(workload, "records are refused", List.of("dc1"), steps::refuse);
            say("the configuration is mended and the streaming job restarted");
            steps.mendConfiguration();
            step(workload, "they are replayed", WATCHED, steps::replay);
            step(workload, "an event is erased", WATCHED, steps::erase);
            return workload.troubles();
        } catch (IllegalStateException e) {
            List<String> all = new ArrayList<>(workload.troubles());
            all.add(e.getMessage());
            return all;
        }
    }

    private void step(FaultyWorkload workload, String name, List<String> others, Runnable work) {
        say(name);
        TimeWindow during = workload.observer().measure(clock.millis(), Long.MAX_VALUE);
        watches.put(name, new Watch(others, during));
        work.run();
        during.end(clock.millis());
    }

    private Map<String, List<ObservedImpact>> felt(TimeWindow before) {
        Map<String, List<ObservedImpact>> felt = new LinkedHashMap<>();
        watches.forEach((step, watch) -> felt.put(
                step,
                watch.others().stream()
                        .map(name -> felt(name, before, watch.during()))
                        .toList()));
        return felt;
    }

    private static ObservedImpact felt(String name, TimeWindow before, TimeWindow during) {
        int index = ChaosRun.DATA_CENTERS.indexOf(name);
        return new ObservedImpact(name, before.freshness(index), during.freshness(index));
    }

    private void say(String text) {
        testBed.targets().console().say(text);
    }
}
