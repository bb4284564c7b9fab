package io.tributary.lab.chaos;

import io.tributary.lab.evaluate.TimeWindow;
import io.tributary.lab.s3.S3Rule;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One run in which one data center gets into each kind of trouble while the freshness of the others is measured.
 *
 * <pre>
 *  ── calm 30 s ──┬── begins ── 20 s ──┬──── trouble 30 s ────┬── over, everything is caught up ──► the next
 *      before     │       blip         │        during        │
 * </pre>
 */
final class IsolationRun {

    private static final String VICTIM = "dc3";
    private static final List<String> OTHERS = List.of("dc1", "dc2");
    private static final Duration CALM = Duration.ofSeconds(30);

    /** What Kafka took in shortly before the trouble is on its way when it begins, and belongs to the blip. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(10);

    private static final Duration TROUBLE = Duration.ofSeconds(30);
    private static final Duration CATCHES_UP_WITHIN = Duration.ofMinutes(3);

    private final ChaosOptions options;
    private final TestBed testBed;
    private final Clock clock;
    private final List<Measured> measured = new ArrayList<>();

    IsolationRun(ChaosOptions options, TestBed testBed, Clock clock) {
        this.options = options;
        this.testBed = testBed;
        this.clock = clock;
    }

    private record Measured(IsolationScenario trouble, TimeWindow before, TimeWindow blip, TimeWindow during) {}

    IsolationReport report() {
        Duration atMost = CATCHES_UP_WITHIN.multipliedBy(2L * IsolationScenario.values().length);
        FaultyWorkload workload =
                FaultyWorkload.start(testBed, ChaosRun.DATA_CENTERS, options.rate(), atMost, options.seed(), clock);
        List<String> troubles;
        try (workload) {
            testBed.targets().console().say("both jobs are up, sending " + options.rate() + " records/s");
            troubles = runUntilDone(workload);
        }
        List<Isolation> isolations = new ArrayList<>();
        for (Measured one : measured) {
            for (String name : OTHERS) {
                int index = ChaosRun.DATA_CENTERS.indexOf(name);
                isolations.add(new Isolation(
                        one.trouble(),
                        name,
                        one.before().freshness(index),
                        one.blip().freshness(index),
                        one.during().freshness(index)));
            }
        }
        return new IsolationReport(isolations, workload.judge(troubles));
    }

    private List<String> runUntilDone(FaultyWorkload workload) {
        List<String> troubles = workload.runUntilDone(CALM);
        for (IsolationScenario trouble : IsolationScenario.values()) {
            if (troubles.isEmpty()) {
                troubles = measure(trouble, workload);
            }
        }
        workload.stopSending();
        return troubles.isEmpty() ? workload.drain() : troubles;
    }

    private List<String> measure(IsolationScenario trouble, FaultyWorkload workload) {
        long calm = clock.millis();
        long begins = calm + CALM.toMillis();
        long lasts = begins + Isolation.MAX_BLIP.toMillis();
        TimeWindow before = workload.observer().measure(calm, begins - ON_ITS_WAY.toMillis());
        TimeWindow blip = workload.observer().measure(begins - ON_ITS_WAY.toMillis(), lasts);
        TimeWindow during = workload.observer().measure(lasts, lasts + TROUBLE.toMillis());
        measured.add(new Measured(trouble, before, blip, during));
        List<String> troubles = workload.runUntilDone(CALM);
        testBed.targets().console().say(VICTIM + ": " + trouble.describe());
        long beganNanos = System.nanoTime();
        if (troubles.isEmpty()) {
            troubles = goThrough(trouble, workload);
        }
        if (!troubles.isEmpty()) {
            return troubles;
        }
        testBed.targets().console().say(VICTIM + " is well again");
        Fault fault = new Fault(measured.size(), trouble.kind(), VICTIM, CALM, TROUBLE, 0);
        workload.recoveries().await(fault, beganNanos, workload.ends(ChaosRun.DATA_CENTERS));
        return workload.awaitRecovery(fault, CATCHES_UP_WITHIN);
    }

    private List<String> goThrough(IsolationScenario trouble, FaultyWorkload workload) {
        Duration lasts = Isolation.MAX_BLIP.plus(TROUBLE);
        switch (trouble) {
            case REFUSES -> {
                testBed.targets().clusters().process(VICTIM).killAndWait();
                List<String> troubles = workload.runUntilDone(lasts);
                testBed.targets().clusters().start(VICTIM);
                return troubles;
            }
            case HANGS -> {
                testBed.targets().clusters().process(VICTIM).freeze();
                List<String> troubles = workload.runUntilDone(lasts);
                testBed.targets().clusters().process(VICTIM).thaw();
                return troubles;
            }
            case DIES_BEFORE_READING -> {
                S3Rule rule = S3Rule.holdAfter(trouble.word(), ClusterFaults.PLAN);
                testBed.targets()
                        .say("before "
                                + testBed.targets().hold(rule).replaceFirst(".*/offsets/", "the reading of batch "));
                testBed.targets().clusters().process(VICTIM).killAndWait();
                testBed.targets().s3().letPass(rule);
                List<String> troubles = workload.runUntilDone(lasts);
                testBed.targets().clusters().start(VICTIM);
                return troubles;
            }
            case IS_SLOW -> {
                CpuThrottle slow = CpuThrottle.of(testBed.targets().clusters().process(VICTIM));
                try {
                    return workload.runUntilDone(lasts);
                } finally {
                    slow.end();
                }
            }
        }
        throw new IllegalStateException("Not a trouble: " + trouble);
    }
}
