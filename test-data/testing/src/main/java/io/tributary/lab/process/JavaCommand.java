package io.tributary.lab.process;

import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The beginnings of command lines that start a main class of a module, small and quick to start; arguments follow. */
public final class JavaCommand {

    private JavaCommand() {}

    /** @param heap such as {@code 256m} */
    public static List<String> of(ProjectRoot root, String module, String heap, String mainClass) {
        return command(root, module, heap, mainClass, List.of());
    }

    /**
     * For a main class that runs Spark, with the options and the log settings of the project's scripts.
     *
     * @param properties system properties
     * @throws InvalidInputException if the project's scripts are not there
     */
    public static List<String> ofSpark(
            ProjectRoot root, String module, String heap, String mainClass, Map<String, String> properties) {
        Path scripts = root.dir().resolve("scripts");
        Path file = scripts.resolve("jvm-options");
        try {
            List<String> options = new ArrayList<>(Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList());
            options.add("-Dlog4j2.configurationFile=" + scripts.resolve("log4j2.properties"));
            properties.forEach((name, value) -> options.add("-D" + name + "=" + value));
            return command(root, module, heap, mainClass, options);
        } catch (IOException e) {
            throw new InvalidInputException("The options that Spark needs of Java cannot be read: " + file, e);
        }
    }

    private static List<String> command(
            ProjectRoot root, String module, String heap, String mainClass, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(ChildProcess.java());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:NewRatio=1",
                "-XX:TieredStopAtLevel=1",
                // With one compiler Java reserves so little that Spark fills it within minutes, and then it only
                // interprets.
                "-XX:ReservedCodeCacheSize=240m",
                "-Xmx" + heap));
        command.addAll(options);
        command.addAll(List.of("-cp", root.classPath(module), mainClass));
        return command;
    }
}
