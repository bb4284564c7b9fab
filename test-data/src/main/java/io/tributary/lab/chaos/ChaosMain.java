package io.tributary.lab.chaos;

import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.run.Children;
import io.tributary.lab.run.Console;
import io.tributary.lab.run.LakeDirectory;
import io.tributary.runtime.InvalidInputException;
import io.tributary.runtime.TributaryException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

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
        try {
            return run(ChaosOptions.parse(arguments), new Console(out)).isGood() ? 0 : 1;
        } catch (TributaryException e) {
            err.println(e.getMessage());
            return e.exitCode();
        } catch (IllegalStateException e) {
            // The lab's own failures, which say in words what happened.
            err.println(e.getMessage());
            return 1;
        }
    }

    private static Outcome run(ChaosOptions options, Console console) {
        ProjectRoot root = ProjectRoot.find();
        Path dir = options.lake().orElse(root.dir().resolve("target").resolve("chaos"));
        try (LakeDirectory directory = LakeDirectory.take(dir, false);
                Children children = new Children()) {
            Thread end = new Thread(() -> interrupted(children, console, dir), "end-of-run");
            Runtime.getRuntime().addShutdownHook(end);
            Outcome report;
            try (Rig rig = Rig.start(ChaosRun.DATA_CENTERS, options.seed(), root, directory, children, console)) {
                report = options.isolation()
                        ? new IsolationRun(options, rig, Clock.systemUTC()).report()
                        : new ChaosRun(options, rig, Clock.systemUTC()).report();
            } finally {
                // Whatever breaks because the run is being ended is nobody's news; the hook has the last word.
                children.awaitHaltIfClosed();
                Runtime.getRuntime().removeShutdownHook(end);
            }
            console.show("\n" + report.text());
            options.report().ifPresent(file -> write(report, file));
            console.show("\n  Everything stays in " + dir + "; scripts/s3 --lake " + dir + " serves it again.\n");
            return report;
        }
    }

    private static void interrupted(Children children, Console console, Path dir) {
        console.say("interrupted: ended without a verdict, everything stays in " + dir);
        children.close();
    }

    private static void write(Outcome report, Path file) {
        try {
            Files.writeString(file, report.json());
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The report cannot be written to " + file + ": " + e.getMessage()
                            + ". Name a file in a folder that exists, with --report",
                    e);
        }
    }
}
