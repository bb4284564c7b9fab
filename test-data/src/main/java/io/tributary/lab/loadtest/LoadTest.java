package io.tributary.lab.loadtest;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.run.Children;
import io.tributary.lab.run.Console;
import io.tributary.lab.run.LakeDirectory;
import io.tributary.lab.run.ReportFile;
import io.tributary.lab.run.Settings;
import io.tributary.lab.run.ShutdownHook;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code scripts/load-test} does.
 *
 * <pre>
 *  profile ──► phase 1: load ──► Kafka ──► synthetic consumers ──► what the transport alone does
 *         └──► phase 2: load ──► Kafka ──► both jobs, lake ──────► verdict, audit, figures
 *                                                                      └──► objectives, report
 * </pre>
 *
 * <p>Ctrl-C, SIGTERM and every failure end all its processes; the lake of phase 2 stays.
 */
public final class LoadTest {

    private LoadTest() {}

    /** Runs both phases, writes what was asked for, and returns the result. */
    public static LoadTestResult run(LoadTestOptions options, Console console) {
        ProjectRoot root = ProjectRoot.find();
        Clock clock = Clock.systemUTC();
        Instant began = clock.instant();
        Path dir = options.lake().orElse(root.dir().resolve("target").resolve("load-test"));
        PipelineConfig config = Settings.pipeline(Optional.empty());
        try (LakeDirectory directory = LakeDirectory.take(dir, false)) {
            String stays = "everything stays in " + dir;
            TransportRun.Outcome transport = phase(
                    console, stays, children -> new TransportRun(options, root, directory, children, clock, console)
                            .run(config));
            PipelineOutcome pipeline = phase(
                    console, stays, children -> new PipelineRun(options, root, directory, children, clock, console)
                            .run());
            LoadTestResult result = new LoadTestResult(options, transport, pipeline, began, root.dir());
            console.show(result.text());
            options.json().ifPresent(file -> ReportFile.write(result.json(), file));
            options.report().ifPresent(file -> ReportFile.write(ResultPage.html(result.tree()), file));
            return result;
        }
    }

    private static <T> T phase(Console console, String stays, Function<Children, T> work) {
        try (Children children = new Children()) {
            return ShutdownHook.guard(children, console, stays, () -> work.apply(children));
        }
    }
}
