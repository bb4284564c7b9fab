package io.tributary.lab.run;

import io.tributary.lab.process.JavaCommand;
import io.tributary.lab.process.ProjectRoot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command lines of the two jobs: the main classes and arguments that they have on Glue. */
public record Jobs(ProjectRoot root, LakeDirectory directory, LakePlace lake) {

    private static final String HEAP = "1g";

    /** @param properties system properties beyond those that every run sets */
    public List<String> ingest(Map<String, String> properties) {
        List<String> command = java("glue-jobs", "io.tributary.ingest.IngestJob", properties);
        command.addAll(List.of("--data-centers", LakeDirectory.uri(directory.dataCentersFile())));
        command.addAll(List.of("--metrics", LakeDirectory.uri(directory.metricsFile())));
        return command;
    }

    public List<String> merge(Duration every) {
        List<String> command = java("compaction-job", "io.tributary.compaction.MergeJob", Map.of());
        command.addAll(List.of("--repeat", every.toMillis() + "ms"));
        return command;
    }

    private List<String> java(String module, String mainClass, Map<String, String> properties) {
        Map<String, String> all = new TreeMap<>(properties);
        lake.endpoint().ifPresent(s3 -> all.putAll(s3.properties()));
        List<String> command = JavaCommand.ofSpark(root, module, HEAP, mainClass, all);
        command.addAll(List.of("--runtime", "local", "--lake", lake.uri()));
        command.addAll(List.of("--config", LakeDirectory.uri(directory.configFile())));
        return command;
    }
}
