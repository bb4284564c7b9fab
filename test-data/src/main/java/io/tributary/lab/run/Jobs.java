package io.tributary.lab.run;

import io.tributary.lab.process.JavaCommand;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.runtime.S3Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The command lines of the two jobs: the main classes and arguments that they have on Glue. */
record Jobs(ProjectRoot root, LakeDirectory directory, LakePlace lake) {

    private static final String HEAP = "1g";

    List<String> ingest() {
        List<String> command = java("glue-jobs", "io.tributary.ingest.IngestJob");
        command.addAll(List.of("--data-centers", LakeDirectory.uri(directory.dataCentersFile())));
        return command;
    }

    List<String> merge(Duration every) {
        List<String> command = java("compaction-job", "io.tributary.compaction.MergeJob");
        command.addAll(List.of("--repeat", every.toMillis() + "ms"));
        return command;
    }

    private List<String> java(String module, String mainClass) {
        Map<String, String> properties =
                lake.endpoint().map(S3Endpoint::properties).orElse(Map.of());
        List<String> command = JavaCommand.ofSpark(root, module, HEAP, mainClass, properties);
        command.addAll(List.of("--runtime", "local", "--lake", lake.uri()));
        command.addAll(List.of("--config", LakeDirectory.uri(directory.configFile())));
        return command;
    }
}
