package io.tributary.lab.concurrentwriters;

import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.s3.S3Lab;
import io.tributary.lab.s3.S3LabSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows what two drivers at once do to a Delta table on S3.
 *
 * <pre>
 *   S3 ◄── driver a ─┐ appends, for some seconds ─► commits believed ─┐
 *      ◄── driver b ─┘                                                ├─► lost = believed and not held
 *      ──► the table's log ─────────────────────► commits held ───────┘
 * </pre>
 *
 * <p>First through Delta's default log store, then through Tributary's, on the same endpoint. Tributary's may lose
 * none.
 */
public final class ConcurrentWritersComparison {

    /** What a small request to S3 takes from within its region, roughly. */
    private static final Duration LATENCY = Duration.ofMillis(30);

    private static final String ROW = "%-24s %10s %10s %10s %10s%n";

    private ConcurrentWritersComparison() {}

    /**
     * Runs both races and prints what they came to.
     *
     * @throws IllegalStateException if Tributary's log store lost a commit, or a driver made no commit at all
     */
    public static void run(ProjectRoot root, Duration length, PrintStream out) throws IOException {
        Path dir = Files.createTempDirectory(
                Files.createDirectories(root.dir().resolve("target").resolve("race")), "");
        try (S3Lab s3 = S3Lab.start(root, S3LabSpec.of(dir.resolve("s3")).withLatency(LATENCY))) {
            ConcurrentWriters race = new ConcurrentWriters(root, s3, dir);
            out.println(
                    "two drivers append to one table on S3 for " + length.toSeconds() + " s, through each log store");
            out.printf(Locale.ROOT, ROW, "log store", "believed", "held", "lost", "failed");
            print(race.run(ComparedStore.DELTA_DEFAULT, length), out);
            ConcurrentWritersResult ours = race.run(ComparedStore.CONDITIONAL, length);
            print(ours, out);
            if (!ours.lost().isEmpty()) {
                throw new IllegalStateException("Commits are lost: " + ours.lost() + "; the table lies in " + dir);
            }
            if (!ours.isOneOf(ConcurrentWriters.RACERS)) {
                throw new IllegalStateException("A driver made no commit, so this was no race; see the logs in " + dir);
            }
        }
    }

    private static void print(ConcurrentWritersResult result, PrintStream out) {
        out.printf(
                Locale.ROOT,
                ROW,
                result.store().simpleName(),
                result.believed().size(),
                result.held().size(),
                result.lost().size(),
                result.failures());
        out.flush();
    }
}
