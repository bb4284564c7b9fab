package io.tributary.lab.run;

import io.tributary.lab.evaluate.Report;
import io.tributary.lab.process.ProjectRoot;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What {@code scripts/run-local} does.
 *
 * <pre>
 *  load ──► Kafka clusters ──► IngestJob ──► lake ◄── MergeJob          processes of their own: Kafka, both jobs
 *   │       (one process)                     │
 *   └──► truth ──► evaluator ◄── SQL on the view, asked all the while
 *                      │
 *                      └──► verdict: exact, or what is not
 * </pre>
 *
 * <p>Ctrl-C, SIGTERM and every failure end all its processes; the lake stays. After SIGKILL the servers end by
 * themselves, the two jobs have to be ended by hand.
 */
public final class LocalRun {

    private LocalRun() {}

    /** Runs, shows the verdict, and returns it. */
    public static Report report(RunOptions options, Console console) {
        ProjectRoot root = ProjectRoot.find();
        Path dir = options.lake().orElse(root.dir().resolve("target").resolve("lake"));
        // What cannot be run is refused before the lake of the last run makes way.
        Load.of(options, Settings.pipeline(options.config()), 1);
        try (LakeDirectory directory = LakeDirectory.take(dir, options.keep());
                Children children = new Children()) {
            StartUp startUp = new StartUp(root, directory, children);
            Report report = ShutdownHook.guard(children, console, "the lake stays in " + dir, () -> new Run(
                            options, directory, startUp, children, Clock.systemUTC(), console)
                    .report());
            console.show("\n" + report.text());
            options.report().ifPresent(file -> ReportFile.write(report.json(), file));
            console.show("\n  The lake stays in " + dir + " for "
                    + (options.s3() ? "scripts/s3, which serves it again.\n" : "scripts/sql.\n"));
            return report;
        }
    }
}
