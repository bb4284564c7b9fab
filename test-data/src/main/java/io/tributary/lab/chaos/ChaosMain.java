package io.tributary.lab.chaos;

import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.run.Children;
import io.tributary.lab.run.Console;
import io.tributary.lab.run.LabCommand;
import io.tributary.lab.run.LakeDirectory;
import io.tributary.lab.run.ShutdownHook;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The command behind {@code scripts/chaos}.
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
 * <p>Ends with 0 only if the verdict is exact and the audit balanced, with 1 if not, with 2 if the user must change an
 * input. Ctrl-C, SIGTERM and every failure end all its processes, those that hang included; everything else stays in
 * the run's directory. SIGKILL leaves the jobs, and a cluster that hangs, to be ended by hand.
 */
public final class ChaosMain {

    private ChaosMain() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    private static int run(String[] arguments, PrintStream out, PrintStream err) {
        List<String> words = List.of(arguments);
        if (words.contains("--help") || words.contains("-h")) {
            out.print(ChaosOptions.HELP);
            return 0;
        }
        return LabCommand.run(
                () -> run(ChaosOptions.parse(arguments), new Console(out)).isGood(), err);
    }

    private static Outcome run(ChaosOptions options, Console console) {
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
            options.report().ifPresent(file -> LabCommand.writeReport(report.json(), file));
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
            return options.isolation()
                    ? new IsolationRun(options, testBed, Clock.systemUTC()).report()
                    : new ChaosRun(options, testBed, Clock.systemUTC()).report();
        }
    }
}
