package io.tributary.lab.run;

import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.runtime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command lines of the two jobs: the main classes and arguments that they have on Glue. */
public record Jobs(ProjectRoot root, LakeDirectory directory, LakePlace lake) {

    private static final String HEAP = "-Xmx1g";

    /** @param properties system properties beyond those that every run sets */
    public List<String> ingest(Map<String, String> properties) {
        List<String> command = java("glue-jobs", "io.tributary.ingest.IngestJob", properties);
        command.addAll(List.of("--data-centers", LakeDirectory.uri(directory.dataCentersFile())));
        return command;
    }

    public List<String> merge(Duration every) {
        List<String> command = java("compaction-job", "io.tributary.compaction.MergeJob", Map.of());
        command.addAll(List.of("--repeat", every.toMillis() + "ms"));
        return command;
    }

    private List<String> java(String module, String mainClass, Map<String, String> properties) {
        List<String> command = new ArrayList<>();
        command.add(ChildProcess.java());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", HEAP));
        command.addAll(jvmOptions());
        Map<String, String> all = new TreeMap<>(properties);
        lake.endpoint().ifPresent(s3 -> all.putAll(s3.properties()));
        all.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", root.classPath(module), mainClass));
        command.addAll(List.of("--runtime", "local", "--lake", lake.uri()));
        command.addAll(List.of("--config", LakeDirectory.uri(directory.configFile())));
        return command;
    }

    private List<String> jvmOptions() {
        Path scripts = root.dir().resolve("scripts");
        Path file = scripts.resolve("jvm-options");
        try {
            List<String> options = new ArrayList<>(Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList());
            options.add("-Dlog4j2.configurationFile=" + scripts.resolve("log4j2.properties"));
            return options;
        } catch (IOException e) {
            throw new InvalidInputException("The options that Spark needs of Java cannot be read: " + file, e);
        }
    }
}
