package io.tributary.lab.chaos;

import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.run.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The data-centres file, as an operations manager edits it. */
final class Members {

    private final ClusterProcesses clusters;
    private final Path file;
    private final Set<String> listed = new TreeSet<>();
    private final Set<String> paused = new TreeSet<>();

    Members(ClusterProcesses clusters, Path file) {
        this.clusters = clusters;
        this.file = file;
    }

    synchronized void add(Collection<String> names) {
        listed.addAll(names);
        write();
    }

    synchronized void remove(String name) {
        listed.remove(name);
        write();
    }

    synchronized void pause(String name) {
        paused.add(name);
        write();
    }

    synchronized void resume(String name) {
        paused.remove(name);
        write();
    }

    private void write() {
        Settings.writeDataCenters(
                clusters.servers(new ArrayList<>(listed)), Set.copyOf(paused), KafkaLabSpec.TOPIC, file);
    }

    /** Those that take part now. */
    synchronized List<String> active() {
        return listed.stream().filter(name -> !paused.contains(name)).toList();
    }
}
