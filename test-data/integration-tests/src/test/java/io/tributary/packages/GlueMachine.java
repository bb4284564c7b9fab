package io.tributary.packages;

import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.runtime.S3Endpoint;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Starts a packaged job as Glue does: what Glue has stands first on the class path, the package last, the settings of
 * Hadoop in a file, and Glue's own arguments among the job's.
 */
record GlueMachine(ProjectRoot root, Path dir, S3Endpoint s3, Map<String, String> properties) {

    private static final String LIBRARIES = "test-data/glue-libraries";

    ChildProcess start(String job, GluePackage jar, SortedMap<String, String> arguments) {
        List<String> command =
                new ArrayList<>(List.of(ChildProcess.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g"));
        command.addAll(lines(root.dir().resolve("scripts/jvm-options")));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-Dspark.glue.JOB_NAME=" + job);
        command.add("-Dspark.master=local[2]");
        command.add("-Dspark.app.name=" + job);
        command.add("-Dspark.ui.enabled=false");
        command.add("-Dspark.driver.bindAddress=127.0.0.1");
        command.add("-Dspark.driver.host=127.0.0.1");
        command.add("-Dspark.databricks.delta.snapshotPartitions=2");
        command.add("-Dlog4j2.configurationFile=glue-log4j2.properties");
        command.add("-cp");
        command.add(String.join(
                File.pathSeparator,
                lines(root.built(LIBRARIES).resolve("class-path")).get(0),
                root.built("test-data/integration-tests")
                        .resolve("test-classes")
                        .toString(),
                settings().toString(),
                jar.jar().toString()));
        command.add(arguments.get("--class"));
        arguments.forEach((name, value) -> command.addAll(List.of(name, value)));
        command.addAll(List.of("--JOB_NAME", job, "--JOB_ID", "j_1", "--JOB_RUN_ID", "jr_1", "--enable-job-insights"));
        return ChildProcess.startLogged(job, command, dir.resolve(job + ".log"));
    }

    /** The folder with Hadoop's settings, where s3: is S3A's as on Glue. */
    private Path settings() {
        Path folder = dir.resolve("hadoop");
        String all = s3.hadoopSettings().entrySet().stream()
                .map(setting -> property(setting.getKey(), setting.getValue()))
                .collect(Collectors.joining());
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("core-site.xml"),
                    "<configuration>" + property("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem") + all
                            + "</configuration>\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private static String property(String name, String value) {
        return "<property><name>" + name + "</name><value>" + value + "</value></property>";
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
