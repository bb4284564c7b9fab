package io.tributary.benchmark;

import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.JavaCommand;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.run.LakeDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The two jobs as processes of their own, over one lake and the configuration of one benchmark.
 *
 * @param dir for configuration and logs
 * @param lake URI of the lake
 * @param properties system properties of both, such as those of an S3 endpoint
 */
record PipelineProcesses(ProjectRoot root, Path dir, String lake, Map<String, String> properties) {

    private static final String HEAP = "1g";
    private static final Duration MERGE_TIMEOUT = Duration.ofMinutes(5);

    /** Writes what the jobs are told: of each data center its brokers and topic, and how often to read. */
    void configure(List<SteadyLoad.DataCenterTopic> dataCenters, Duration trigger) {
        StringBuilder entries = new StringBuilder("data_centers:\n");
        dataCenters.forEach(entry -> entries.append("  - {name: ")
                .append(entry.dataCenter())
                .append(", bootstrap_servers: \"")
                .append(entry.bootstrapServers())
                .append("\", topics: [")
                .append(entry.topic())
                .append("]}\n"));
        try {
            Files.createDirectories(dir);
            Files.writeString(dataCentersFile(), entries);
            Files.writeString(configFile(), "trigger: {interval: " + trigger.toMillis() + "ms}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path dataCentersFile() {
        return dir.resolve("data-centers.yaml");
    }

    private Path configFile() {
        return dir.resolve("pipeline.yaml");
    }

    ChildProcess startIngest() {
        return start(
                "glue-jobs",
                "io.tributary.ingest.IngestJob",
                List.of("--data-centers", LakeDirectory.uri(dataCentersFile())));
    }

    /**
     * Merges what is staged, and returns when the job has ended.
     *
     * @throws IllegalStateException if it ended with a failure or took minutes
     */
    void merge() {
        try (ChildProcess job = start("compaction-job", "io.tributary.compaction.MergeJob", List.of())) {
            if (!job.awaitEnd(MERGE_TIMEOUT) || job.exitCode().orElse(-1) != 0) {
                throw job.failure("did not end well");
            }
        }
    }

    private ChildProcess start(String module, String mainClass, List<String> arguments) {
        List<String> command = JavaCommand.ofSpark(root, module, HEAP, mainClass, properties);
        command.addAll(List.of("--runtime", "local", "--lake", lake, "--config", LakeDirectory.uri(configFile())));
        command.addAll(arguments);
        return ChildProcess.startLogged(module, command, dir.resolve(module + ".log"));
    }
}
