package io.tributary.lab.chaos;

import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.run.Children;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** A process for each data center's Kafka, so that each can be stopped, killed and frozen alone. */
public final class ClusterProcesses {

    private final ProjectRoot root;
    private final Path dir;
    private final Children children;
    private final Map<String, KafkaLab> running = new ConcurrentSkipListMap<>();
    private final Map<String, String> servers = new ConcurrentSkipListMap<>();

    public ClusterProcesses(ProjectRoot root, Path dir, Children children) {
        this.root = root;
        this.dir = dir;
        this.children = children;
    }

    /** Starts all of them at the same time and returns when each serves. */
    public void startAll(List<String> names) {
        names.parallelStream().forEach(this::start);
    }

    /**
     * Starts a cluster, with everything that it held before.
     *
     * @throws IllegalStateException if it serves elsewhere than before, where nobody would find it
     */
    public void start(String name) {
        KafkaLab lab = KafkaLab.start(root, KafkaLabSpec.of(dir, List.of(name)));
        children.addServer(lab.process());
        String now = lab.bootstrapServers().get(name);
        String before = servers.putIfAbsent(name, now);
        if (before != null && !before.equals(now)) {
            throw new IllegalStateException("The cluster of " + name + " served at " + before + " and serves at " + now
                    + " now, because something else has taken its port");
        }
        running.put(name, lab);
    }

    public ChildProcess process(String name) {
        return running.get(name).process();
    }

    /** Name to bootstrap servers, of all that were ever started. */
    public Map<String, String> servers() {
        return new TreeMap<>(servers);
    }

    /** The bootstrap servers of some. */
    Map<String, String> servers(List<String> names) {
        return names.stream().collect(Collectors.toMap(name -> name, servers::get, (a, b) -> a, TreeMap::new));
    }
}
