package io.tributary.lab.loadtest;

import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.run.Children;
import io.tributary.lab.run.Jobs;
import io.tributary.lab.run.LakeDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Both jobs of a run, as a deployment starts them. They write down besides what their garbage collectors do and how long
 * Spark takes for the parts of a batch, and they can be killed and started again.
 */
final class MeasuredJobs {

    private static final String INGEST = "ingest";
    private static final String MERGE = "merge";

    /** Spark's own word on each batch, into a file of its own. */
    private static final String PROGRESS_LOG = """
            appender.progress.type = File
            appender.progress.name = progress
            appender.progress.fileName = %s
            appender.progress.layout.type = PatternLayout
            appender.progress.layout.pattern = %%m%%n
            logger.query.level = info
            logger.query.additivity = false
            logger.query.appenderRef.progress.ref = progress
            logger.query4.level = info
            logger.query4.additivity = false
            logger.query4.appenderRef.progress.ref = progress
            logger.context.name = org.apache.spark.sql.execution.streaming.runtime.ProgressContext
            logger.context.level = info
            logger.context.additivity = false
            logger.context.appenderRef.progress.ref = progress
            """;

    private final Jobs jobs;
    private final LakeDirectory directory;
    private final Children children;
    private final Duration mergeEvery;
    private int ingestStarts;
    private int mergeStarts;
    private ChildProcess ingest;
    private ChildProcess merge;

    MeasuredJobs(Jobs jobs, Children children, Duration mergeEvery) {
        this.jobs = jobs;
        this.directory = jobs.directory();
        this.children = children;
        this.mergeEvery = mergeEvery;
    }

    synchronized void start() {
        writeLogSettings();
        startIngest();
        startMerge();
    }

    private void startIngest() {
        ingestStarts++;
        // A later setting of the same property counts.
        List<String> command =
                jobs.ingest(Map.of("log4j2.configurationFile", logSettings().toString()));
        ingest = start(INGEST, command, ingestStarts);
    }

    private void startMerge() {
        mergeStarts++;
        merge = start(MERGE, jobs.merge(mergeEvery), mergeStarts);
    }

    private ChildProcess start(String name, List<String> command, int number) {
        List<String> measured = new ArrayList<>(command);
        measured.add(1, "-Xlog:gc:file=" + gcLog(name, number) + ":tm:filecount=0");
        return children.start(name, measured, directory.log(number == 1 ? name : name + "-start-" + number));
    }

    /** Kills the streaming job and starts it again. */
    synchronized void restartIngest() {
        ingest.killAndWait();
        children.end(ingest);
        startIngest();
    }

    /** Kills the merge job and starts it again. */
    synchronized void restartMerge() {
        merge.killAndWait();
        children.end(merge);
        startMerge();
    }

    synchronized ChildProcess ingest() {
        return ingest;
    }

    synchronized ChildProcess merge() {
        return merge;
    }

    /** A job that has ended by itself, which none does. */
    synchronized Optional<ChildProcess> ended() {
        return List.of(ingest, merge).stream().filter(job -> !job.isAlive()).findFirst();
    }

    /** What the garbage collectors of the streaming job wrote, of all its starts. */
    synchronized List<Path> ingestGcLogs() {
        return gcLogs(INGEST, ingestStarts);
    }

    /** The same of the merge job. */
    synchronized List<Path> mergeGcLogs() {
        return gcLogs(MERGE, mergeStarts);
    }

    private List<Path> gcLogs(String name, int starts) {
        List<Path> logs = new ArrayList<>();
        for (int number = 1; number <= starts; number++) {
            logs.add(gcLog(name, number));
        }
        return logs;
    }

    private Path gcLog(String name, int number) {
        return directory.log("gc-" + name + "-" + number);
    }

    /** Where Spark writes what it says of each batch. */
    Path progressLog() {
        return directory.log("progress");
    }

    private Path logSettings() {
        return directory.lab().resolve("log4j2.properties");
    }

    private void writeLogSettings() {
        Path own = jobs.root().dir().resolve("scripts").resolve("log4j2.properties");
        try {
            Files.createDirectories(progressLog().getParent());
            String text = Files.readString(own)
                    .lines()
                    .filter(line -> !line.startsWith("logger.query.level") && !line.startsWith("logger.query4.level"))
                    .reduce("", (all, line) -> all + line + "\n");
            Files.writeString(logSettings(), text + PROGRESS_LOG.formatted(progressLog()));
        } catch (IOException e) {
            throw new UncheckedIOException("The log settings of the jobs cannot be written", e);
        }
    }
}
