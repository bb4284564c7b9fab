package io.tributary.lab.chaos;

import io.tributary.lab.run.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes of the pipeline configuration, in force from the next start of both jobs on. */
final class ConfigurationFaults {

    private static final String COLUMNS = "columns:\n";

    private final FaultTargets targets;
    private final Path file;

    /** @param file the configuration that both jobs read */
    ConfigurationFaults(FaultTargets targets, Path file) {
        this.targets = targets;
        this.file = file;
    }

    /** Another window, another number of state partitions, or one column more. */
    void change(Fault fault) {
        List<RestartingJob> jobs =
                List.of(targets.drivers().ingest(), targets.drivers().merge());
        jobs.forEach(RestartingJob::end);
        switch (fault.oneOf(3)) {
            case 0 -> edit("another window", text -> swap(text, "window: 30s", "window: 45s"));
            case 1 ->
                edit(
                        "another number of state partitions",
                        text -> swap(text, "state_partitions: 2", "state_partitions: 3"));
            default ->
                edit(
                        "one column more",
                        text -> text.replace(
                                COLUMNS,
                                COLUMNS + "  - {name: more_" + fault.round() + ", type: string, from: /symbol}\n"));
        }
        jobs.forEach(RestartingJob::start);
    }

    private void edit(String what, UnaryOperator<String> change) {
        try {
            String before = Files.readString(file);
            String after = change.apply(before);
            if (after.equals(before)) {
                throw new IllegalStateException("There is nothing to change for " + what + " in " + file);
            }
            Settings.replace(file, after);
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration " + file + " cannot be read", e);
        }
        targets.say("both jobs are started with " + what);
    }

    private static String swap(String text, String one, String other) {
        return text.contains(one) ? text.replace(one, other) : text.replace(other, one);
    }
}
