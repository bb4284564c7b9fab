package io.tributary.lab.loadtest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a load test ran on. */
final class Machine {

    private static final Path STAT = Path.of("/proc/stat");
    private static final double TICKS_A_SECOND = 100;

    private Machine() {}

    static ObjectNode json(Path project) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("cores", Runtime.getRuntime().availableProcessors());
        json.put("memory_gb", memoryGigabytes());
        json.put("cpu", cpuModel());
        json.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        json.put("java", System.getProperty("java.version"));
        json.put("commit", commit(project));
        return json;
    }

    /** CPU time that the whole machine has used since it began, in seconds; 0 where it does not tell. */
    static double cpuSeconds() {
        String[] fields = firstLine(STAT, "cpu ").trim().split(" +", -1);
        double ticks = 0;
        // user, nice, system, then idle and the waiting for disks, then interrupts.
        for (int i = 1; i < Math.min(8, fields.length); i++) {
            ticks += i == 4 || i == 5 ? 0 : Double.parseDouble(fields[i]);
        }
        return ticks / TICKS_A_SECOND;
    }

    private static long memoryGigabytes() {
        String[] fields = firstLine(Path.of("/proc/meminfo"), "MemTotal").split(" +", -1);
        return fields.length > 1 ? Math.round(Long.parseLong(fields[1]) / 1048576.0) : 0;
    }

    private static String cpuModel() {
        String line = firstLine(Path.of("/proc/cpuinfo"), "model name");
        return line.contains(":") ? line.substring(line.indexOf(':') + 1).strip() : "?";
    }

    private static String firstLine(Path file, String prefix) {
        try {
            return Files.isReadable(file)
                    ? Files.readAllLines(file).stream()
                            .filter(line -> line.startsWith(prefix))
                            .findFirst()
                            .orElse("")
                    : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** The commit that was built, with a plus if files were changed since; a question mark outside a repository. */
    private static String commit(Path project) {
        String commit = git(project, "rev-parse", "--short=12", "HEAD");
        return commit.isEmpty()
                ? "?"
                : commit + (git(project, "status", "--porcelain", "-uno").isEmpty() ? "" : "+");
    }

    private static String git(Path project, String... arguments) {
        try {
            String[] command = new String[arguments.length + 1];
            command[0] = "git";
            System.arraycopy(arguments, 0, command, 1, arguments.length);
            Process process = new ProcessBuilder(command)
                    .directory(project.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? text : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
