package io.tributary.lab.run;

import io.tributary.lab.evaluate.Report;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.runtime.InvalidInputException;
import io.tributary.runtime.TributaryException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The command behind {@code scripts/run-local}.
 *
 * <pre>
 *  load ──► Kafka clusters ──► IngestJob ──► lake ◄── MergeJob          processes of their own: Kafka, both jobs
 *   │       (one process)                     │
 *   └──► truth ──► evaluator ◄── SQL on the view, asked all the while
 *                      │
 *                      └──► verdict: exact, or what is not
 * </pre>
 *
 * <p>Ends with 0 only if the verdict is exact, with 1 if it is not, with 2 if the user must change an input and with 3
 * if a table or a source must be mended. Ctrl-C, SIGTERM and every failure end all its processes; the lake stays. After
 * SIGKILL the servers end by themselves, the two jobs have to be ended by hand.
 */
public final class RunLocal {

    private RunLocal() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    private static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (RunOptions.asksForHelp(arguments)) {
            out.print(RunOptions.HELP);
            return 0;
        }
        try {
            return run(RunOptions.parse(arguments), new Console(out)).isExact() ? 0 : 1;
        } catch (TributaryException e) {
            err.println(e.getMessage());
            return e.exitCode();
        } catch (IllegalStateException e) {
            // The lab's own failures, which say in words what happened.
            err.println(e.getMessage());
            return 1;
        }
    }

    private static Report run(RunOptions options, Console console) {
        ProjectRoot root = ProjectRoot.find();
        Path dir = options.lake().orElse(root.dir().resolve("target").resolve("lake"));
        // What cannot be run is refused before the lake of the last run makes way.
        Load.of(options, Settings.pipeline(options.config()), 1);
        try (LakeDirectory directory = LakeDirectory.take(dir, options.keep());
                Children children = new Children()) {
            Thread end = new Thread(() -> interrupted(children, console, dir), "end-of-run");
            Runtime.getRuntime().addShutdownHook(end);
            Report report = report(options, root, directory, children, console, end);
            console.show("\n" + report.text());
            options.report().ifPresent(file -> write(report, file));
            console.show("\n  The lake stays in " + dir + " for "
                    + (options.s3() ? "scripts/s3, which serves it again.\n" : "scripts/sql.\n"));
            return report;
        }
    }

    private static Report report(
            RunOptions options,
            ProjectRoot root,
            LakeDirectory directory,
            Children children,
            Console console,
            Thread end) {
        StartUp startUp = new StartUp(root, directory, children);
        try {
            return new Run(options, directory, startUp, children, Clock.systemUTC(), console).report();
        } finally {
            // Whatever breaks because the run is being ended is nobody's news; the hook has the last word.
            children.awaitHaltIfClosed();
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    private static void interrupted(Children children, Console console, Path dir) {
        console.say("interrupted: ended without a verdict, the lake stays in " + dir);
        children.close();
    }

    private static void write(Report report, Path file) {
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
