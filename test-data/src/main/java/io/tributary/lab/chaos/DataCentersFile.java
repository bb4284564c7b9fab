package io.tributary.lab.chaos;

import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.run.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The data-centers file, as an operations manager edits it. */
final class DataCentersFile {

    private final ClusterProcesses clusters;
    private final Path file;
    private final Set<String> listed = new TreeSet<>();
    private final Set<String> paused = new TreeSet<>();
    private final Map<String, String> more = new TreeMap<>();
    private final Map<String, String> resets = new TreeMap<>();

    DataCentersFile(ClusterProcesses clusters, Path file) {
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

    /** Lets a data center name this topic as well. */
    synchronized void addTopic(String name, String topic) {
        more.put(name, topic);
        write();
    }

    synchronized void removeTopic(String name) {
        more.remove(name);
        write();
    }

    /** Lets a data center begin a topic at its start, as the streaming job asks for it. */
    synchronized void acceptReset(String name, String reset) {
        resets.put(name, reset);
        write();
    }

    synchronized void removeReset(String name) {
        resets.remove(name);
        write();
    }

    /** Writes what nobody can use, until the next edit. */
    synchronized void corrupt(String text) {
        Settings.replace(file, text);
    }

    /** Writes the file as it should be. */
    synchronized void write() {
        Settings.writeDataCenters(
                clusters.servers(new ArrayList<>(listed)),
                Set.copyOf(paused),
                Map.copyOf(more),
                Map.copyOf(resets),
                KafkaLabSpec.TOPIC,
                file);
    }

    /** Those that take part now. */
    synchronized List<String> active() {
        return listed.stream().filter(name -> !paused.contains(name)).toList();
    }
}
