package io.tributary.lab.chaos;

import io.tributary.lab.evaluate.DataCenterReport;
import io.tributary.lab.evaluate.Report;
import io.tributary.lab.evaluate.TimeWindow;
import io.tributary.lab.fuzz.HostilePipeline;
import io.tributary.lab.load.LoadSpec;
import io.tributary.lab.load.LoadSpec.Shares;
import io.tributary.lab.load.LoadSpec.TextSize;
import io.tributary.lab.run.LakeDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One run in which one data center sends hostile records while two others send good ones.
 *
 * <pre>
 *  ── calm 30 s ──┬── hostile records ──┬── everything is read and merged ──► verdict, columns, audit
 *      before     │       during        │
 * </pre>
 */
final class FuzzRun {

    private static final String HOSTILE = "dc3";
    private static final List<String> OTHERS = List.of("dc1", "dc2");

    /** Without records that the default bounds of event time make malformed. */
    private static final Shares SHARES = new Shares(0.10, 0.05, 0);

    private static final Duration CALM = Duration.ofSeconds(30);

    /** What Kafka took in shortly before belongs to what comes then. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

    /** Hostile records a second; those of a megabyte come one in a thousand. */
    private static final int HOSTILE_RATE = 500;

    private static final String RESTART = "starts again";

    private final ChaosOptions options;
    private final TestBed testBed;
    private final Clock clock;

    FuzzRun(ChaosOptions options, TestBed testBed, Clock clock) {
        this.options = options;
        this.testBed = testBed;
        this.clock = clock;
    }

    /** The pipeline's configuration, put where a run finds it. */
    static Path pipeline(LakeDirectory directory) {
        Path file = directory.lab().resolve("hostile.yaml");
        try {
            return Files.writeString(file, HostilePipeline.yaml());
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration cannot be put at " + file, e);
        }
    }

    FuzzReport report() {
        int records = options.fuzz().orElseThrow();
        Duration atMost = Duration.ofMinutes(10).plusSeconds(4L * records / HOSTILE_RATE);
        LoadSpec good = new LoadSpec(options.rate(), atMost, OTHERS, SHARES, TextSize.DEFAULT, 1, options.seed());
        FaultyWorkload workload = FaultyWorkload.start(testBed, good, clock);
        TimeWindow before;
        TimeWindow during;
        List<String> troubles;
        try (workload) {
            testBed.targets()
                    .console()
                    .say("both jobs are up, " + String.join(" and ", OTHERS) + " send " + options.rate()
                            + " records/s");
            long begins = clock.millis() + CALM.toMillis();
            before = workload.observer().measure(clock.millis(), begins - ON_ITS_WAY.toMillis());
            during = workload.observer().measure(begins - ON_ITS_WAY.toMillis(), Long.MAX_VALUE);
            troubles = runUntilDone(workload, records);
        }
        Report run = workload.judge(troubles);
        testBed.targets().console().say("reading columns and coordinates");
        HostileRows rows = HostileRows.read(testBed, HOSTILE);
        testBed.targets().console().say("auditing logs and data");
        return new FuzzReport(
                options.seed(),
                run,
                AuditOfRun.of(testBed),
                rows,
                unaccounted(run),
                felt(before, during),
                restarts(),
                testBed.targets().drivers().ownEnds());
    }

    private List<String> runUntilDone(FaultyWorkload workload, int records) {
        List<String> troubles = workload.runUntilDone(CALM);
        if (!troubles.isEmpty()) {
            return troubles;
        }
        testBed.targets().console().say(HOSTILE + " sends " + records + " hostile records by seed " + options.seed());
        workload.sendHostile(HOSTILE, options.seed(), 0, records, HOSTILE_RATE);
        while (troubles.isEmpty() && !workload.isHostileSent()) {
            troubles = workload.runUntilDone(Duration.ofSeconds(1));
        }
        testBed.targets().console().say("all of them are sent, waiting for everything to arrive");
        workload.stopSending();
        return troubles.isEmpty() ? workload.drain() : troubles;
    }

    /** Committed records that the metadata do not know of, or know of without having been committed. */
    private static long unaccounted(Report run) {
        return run.dataCenters().stream()
                .filter(one -> one.name().equals(HOSTILE))
                .mapToLong(FuzzRun::unaccounted)
                .sum();
    }

    private static long unaccounted(DataCenterReport one) {
        return Math.abs(one.sent().all() - one.processed().read());
    }

    private static List<ObservedImpact> felt(TimeWindow before, TimeWindow during) {
        List<ObservedImpact> felt = new ArrayList<>();
        for (int i = 0; i < OTHERS.size(); i++) {
            felt.add(new ObservedImpact(OTHERS.get(i), before.freshness(i), during.freshness(i)));
        }
        return felt;
    }

    /** How often the streaming query failed and was started again within its process. */
    private long restarts() {
        Path log = testBed.pipeline().directory().log("ingest");
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(RESTART)).count();
        } catch (IOException e) {
            throw new UncheckedIOException("The log of the streaming job cannot be read: " + log, e);
        }
    }
}
