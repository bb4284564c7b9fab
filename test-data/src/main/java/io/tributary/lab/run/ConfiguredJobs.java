package io.tributary.lab.run;

import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.lab.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Both jobs of a run, and the configuration that they were started with. Its file may be changed while they run; they are
 * then started again with it, as a deployment would.
 */
final class ConfiguredJobs {

    private final Jobs jobs;
    private final Children children;
    private final Duration mergeEvery;
    private final Path file;
    private final List<ChildProcess> running = new ArrayList<>();
    private String inForce;
    private String lastSeen;
    private int starts;

    ConfiguredJobs(Jobs jobs, Children children, Duration mergeEvery) {
        this.jobs = jobs;
        this.children = children;
        this.mergeEvery = mergeEvery;
        this.file = jobs.directory().configFile();
        this.inForce = text();
        this.lastSeen = inForce;
    }

    void start() {
        starts++;
        start("ingest", jobs.ingest(Map.of()));
        start("merge", jobs.merge(mergeEvery));
    }

    private void start(String name, List<String> command) {
        running.add(
                children.start(name, command, jobs.directory().log(starts == 1 ? name : name + "-start-" + starts)));
    }

    /**
     * Looks at the configuration's file. If it was changed and can be used, both jobs are started again.
     *
     * @param say is told what is done, or what is wrong with the file
     * @return the configuration with which they are started again
     */
    Optional<PipelineConfig> look(Consumer<String> say) {
        String now = text();
        // Only what two looks find alike is no file that is still being written.
        boolean isWritten = now.equals(lastSeen);
        lastSeen = now;
        if (!isWritten || now.equals(inForce)) {
            return Optional.empty();
        }
        inForce = now;
        try {
            PipelineConfig config = PipelineConfig.parse(now, file.toString());
            say.accept(file + " was changed, so both jobs are started again with it");
            running.forEach(children::end);
            running.clear();
            start();
            return Optional.of(config);
        } catch (InvalidInputException e) {
            say.accept(file + " was changed and cannot be used, so the jobs run on with what it said before: "
                    + e.getMessage());
            return Optional.empty();
        }
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration of the jobs cannot be read: " + file, e);
        }
    }
}
