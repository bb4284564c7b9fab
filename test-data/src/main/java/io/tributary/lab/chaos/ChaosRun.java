package io.tributary.lab.chaos;

import io.tributary.lab.evaluate.Report;
import io.tributary.lab.fuzz.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** One run with faults, from the first event to the report. */
final class ChaosRun {

    static final List<String> DATA_CENTERS = List.of("dc1", "dc2", "dc3");
    private static final String NEWCOMER = "dc4";

    private static final int HOSTILE_RECORDS = 300;

    /** What a round takes, at most, so that the load does not end before the faults do. */
    private static final Duration A_ROUND = Duration.ofSeconds(90);

    /** The next fault comes when the pipeline recovered from the last, or when this has passed. */
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration BEFORE_THE_FIRST = Duration.ofSeconds(5);

    private final ChaosOptions options;
    private final TestBed testBed;
    private final Clock clock;
    private final Schedule schedule;

    ChaosRun(ChaosOptions options, TestBed testBed, Clock clock) {
        this.options = options;
        this.testBed = testBed;
        this.clock = clock;
        this.schedule = Schedule.of(options.seed(), options.rounds(), DATA_CENTERS, options.only());
    }

    ChaosReport report() {
        Duration atMost = A_ROUND.multipliedBy(options.rounds() + 1L);
        FaultyWorkload workload =
                FaultyWorkload.start(testBed, DATA_CENTERS, options.rate(), atMost, options.seed(), clock);
        List<String> troubles;
        try (workload) {
            say("both jobs are up, sending " + options.rate() + " records/s; " + options.rounds() + " faults by seed "
                    + options.seed());
            troubles = runUntilDone(workload, atMost);
        }
        Report run = workload.judge(troubles);
        say("auditing logs and data");
        return new ChaosReport(
                schedule,
                run,
                AuditOfRun.of(testBed),
                workload.recoveries().over(),
                workload.pollsLost(),
                testBed.targets().s3().faulted(),
                testBed.targets().drivers().ownEnds());
    }

    /** Returns when all faults are done and everything is merged, or with what is in the way of that. */
    private List<String> runUntilDone(FaultyWorkload workload, Duration atMost) {
        FaultInjector faults = new FaultInjector(
                new JobFaults(testBed.targets(), testBed.pipeline().lake().defaultCheckpoint(), fileSystem()),
                new ClusterFaults(testBed.targets()),
                new TopicFaults(
                        testBed.targets(),
                        workload,
                        testBed.pipeline().directory().metricsFile()),
                new S3Faults(testBed.targets()),
                new DataCentersFileFaults(
                        testBed.targets(),
                        NEWCOMER,
                        name -> workload.sendThrough(
                                name, Math.max(1, options.rate() / DATA_CENTERS.size()), atMost, options.seed()),
                        fault -> workload.sendHostile(
                                fault.dataCenter(),
                                options.seed() + fault.round(),
                                fault.round() * Corpus.NUMBERS_OF_A_LOAD,
                                HOSTILE_RECORDS,
                                options.rate())),
                new ConfigurationFaults(
                        testBed.targets(), testBed.pipeline().directory().configFile()));
        testBed.targets().pause(BEFORE_THE_FIRST);
        for (Fault fault : schedule.faults()) {
            testBed.targets().pause(fault.calm());
            say("round " + fault.round() + " of " + options.rounds() + ": "
                    + fault.kind().word());
            long began = System.nanoTime();
            faults.inject(fault);
            workload.recoveries()
                    .await(
                            fault,
                            began,
                            workload.ends(testBed.targets().members().active()));
            List<String> troubles = workload.awaitRecovery(fault, DRAIN_TIMEOUT);
            if (!troubles.isEmpty()) {
                return troubles;
            }
        }
        workload.stopSending();
        say("all faults are done, waiting for everything to arrive");
        return workload.drain();
    }

    private FileSystem fileSystem() {
        String root = testBed.pipeline().lake().root();
        try {
            return new Path(root).getFileSystem(testBed.past());
        } catch (IOException e) {
            throw new UncheckedIOException("The lake " + root + " cannot be reached", e);
        }
    }

    private void say(String text) {
        testBed.targets().console().say(text);
    }
}
