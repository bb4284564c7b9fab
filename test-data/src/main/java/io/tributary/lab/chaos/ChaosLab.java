package io.tributary.lab.chaos;

import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.run.Children;
import io.tributary.lab.run.Console;
import io.tributary.lab.run.LakeDirectory;
import io.tributary.lab.run.ReportFile;
import io.tributary.lab.run.ShutdownHook;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * What {@code scripts/chaos} does.
 *
 * <pre>
 *                 schedule (seed, rounds) ──► faults, one after the other
 *                     │            │                      │
 *               kill, freeze   kill, twice    hold, 500, 503, slow, drop
 *                     ▼            ▼                      ▼
 *  load ──► Kafka, a process ──► both jobs ──► front ──► S3
 *   │       for each                │            ▲
 *   │                          restarted         └── reader: SQL on the view, asked all the while
 *   └──► truth ───────────────────────────────────────────────────────────► verdict, audit
 * </pre>
 *
 * <p>Ctrl-C, SIGTERM and every failure end all its processes, those that hang included; everything else stays in
 * the run's directory. SIGKILL leaves the jobs, and a cluster that hangs, to be ended by hand.
 */
public final class ChaosLab {

    private ChaosLab() {}

    /** Runs, shows the outcome, and returns it. */
    public static Outcome outcome(ChaosOptions options, Console console) {
        ProjectRoot root = ProjectRoot.find();
        Path dir = options.lake().orElse(root.dir().resolve("target").resolve("chaos"));
        try (LakeDirectory directory = LakeDirectory.take(dir, false);
                Children children = new Children()) {
            Outcome report = ShutdownHook.guard(
                    children,
                    console,
                    "everything stays in " + dir,
                    () -> report(options, root, directory, children, console));
            console.show("\n" + report.text());
            options.report().ifPresent(file -> ReportFile.write(report.json(), file));
            console.show("\n  Everything stays in " + dir + "; scripts/s3 --lake " + dir + " serves it again.\n");
            return report;
        }
    }

    private static Outcome report(
            ChaosOptions options, ProjectRoot root, LakeDirectory directory, Children children, Console console) {
        Optional<Path> pipeline =
                options.fuzz().isPresent() ? Optional.of(FuzzRun.pipeline(directory)) : Optional.empty();
        try (TestBed testBed =
                TestBed.start(pipeline, ChaosRun.DATA_CENTERS, options.seed(), root, directory, children, console)) {
            if (options.fuzz().isPresent()) {
                return new FuzzRun(options, testBed, Clock.systemUTC()).report();
            }
            if (options.operator()) {
                return new OperatorRun(options, testBed, root, Clock.systemUTC()).report();
            }
            return options.isolation()
                    ? new IsolationRun(options, testBed, Clock.systemUTC()).report()
                    : new ChaosRun(options, testBed, Clock.systemUTC()).report();
        }
    }
}
