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

    /** The next fault comes when the pipeline got over the last, or when this has passed. */
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration BEFORE_THE_FIRST = Duration.ofSeconds(5);

    private final ChaosOptions options;
    private final TestBed rig;
    private final Clock clock;
    private final Schedule schedule;

    ChaosRun(ChaosOptions options, TestBed rig, Clock clock) {
        this.options = options;
        this.rig = rig;
        this.clock = clock;
        this.schedule = Schedule.of(options.seed(), options.rounds(), DATA_CENTERS, options.only());
    }

    ChaosReport report() {
        Duration atMost = A_ROUND.multipliedBy(options.rounds() + 1L);
        Workload flow = Workload.start(rig, DATA_CENTERS, options.rate(), atMost, options.seed(), clock);
        List<String> troubles;
        try (flow) {
            say("both jobs are up, sending " + options.rate() + " records/s; " + options.rounds() + " faults by seed "
                    + options.seed());
            troubles = runUntilDone(flow, atMost);
        }
        Report run = flow.judge(troubles);
        say("auditing logs and data");
        return new ChaosReport(
                schedule,
                run,
                AuditOfRun.of(rig),
                flow.recoveries().over(),
                flow.pollsLost(),
                rig.site().s3().spoilt(),
                rig.site().drivers().ownEnds());
    }

    /** Returns when all faults are done and everything is merged, or with what is in the way of that. */
    private List<String> runUntilDone(Workload flow, Duration atMost) {
        FaultInjector faults = new FaultInjector(
                new JobFaults(rig.site(), rig.lake().defaultCheckpoint(), fileSystem()),
                new ClusterFaults(rig.site()),
                new S3Faults(rig.site()),
                new DataCentersFileFaults(
                        rig.site(),
                        NEWCOMER,
                        name -> flow.sendThrough(
                                name, Math.max(1, options.rate() / DATA_CENTERS.size()), atMost, options.seed()),
                        fault -> flow.sendHostile(
                                fault.dataCenter(),
                                options.seed() + fault.round(),
                                fault.round() * Corpus.NUMBERS_OF_A_LOAD,
                                HOSTILE_RECORDS,
                                options.rate())));
        rig.site().pause(BEFORE_THE_FIRST);
        for (Fault fault : schedule.faults()) {
            rig.site().pause(fault.calm());
            say("round " + fault.round() + " of " + options.rounds() + ": "
                    + fault.kind().word());
            long began = System.nanoTime();
            faults.inject(fault);
            flow.recoveries().await(fault, began, flow.ends(rig.site().members().active()));
            List<String> troubles = flow.awaitRecovery(fault, DRAIN_TIMEOUT);
            if (!troubles.isEmpty()) {
                return troubles;
            }
        }
        flow.stopSending();
        say("all faults are done, waiting for everything to arrive");
        return flow.drain();
    }

    private FileSystem fileSystem() {
        String root = rig.lake().root();
        try {
            return new Path(root).getFileSystem(rig.past());
        } catch (IOException e) {
            throw new UncheckedIOException("The lake " + root + " cannot be reached", e);
        }
    }

    private void say(String text) {
        rig.site().console().say(text);
    }
}
