package io.tributary.lab.loadtest;

import io.tributary.lab.chaos.ClusterProcesses;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.profile.Profile;
import io.tributary.lab.run.Children;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * The Kafka clusters of a phase: all in one process, or a process each where a fault is done to one alone. Records get the
 * brokers' append time as their timestamp.
 */
final class ClustersOfRun {

    private final Map<String, String> servers;
    private final Optional<ClusterProcesses> apart;
    private final List<ChildProcess> together;

    private ClustersOfRun(Map<String, String> servers, Optional<ClusterProcesses> apart, List<ChildProcess> together) {
        this.servers = servers;
        this.apart = apart;
        this.together = together;
    }

    static ClustersOfRun start(ProjectRoot root, Path dir, Profile profile, Children children) {
        ClustersOfRun clusters = profile.needsClustersApart()
                ? apart(root, dir, profile, children)
                : together(root, dir, profile, children);
        clusters.servers.values().forEach(ClustersOfRun::stampAppendTime);
        return clusters;
    }

    private static ClustersOfRun apart(ProjectRoot root, Path dir, Profile profile, Children children) {
        ClusterProcesses processes = new ClusterProcesses(root, dir, children);
        processes.startAll(profile.dataCenters());
        return new ClustersOfRun(processes.servers(), Optional.of(processes), List.of());
    }

    private static ClustersOfRun together(ProjectRoot root, Path dir, Profile profile, Children children) {
        KafkaLab kafka = KafkaLab.start(root, KafkaLabSpec.of(dir, profile.dataCenters()));
        children.addServer(kafka.process());
        return new ClustersOfRun(kafka.bootstrapServers(), Optional.empty(), List.of(kafka.process()));
    }

    private static void stampAppendTime(String bootstrapServers) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, KafkaLabSpec.TOPIC);
        Collection<AlterConfigOp> change = List.of(new AlterConfigOp(
                new ConfigEntry("message.timestamp.type", "LogAppendTime"), AlterConfigOp.OpType.SET));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.incrementalAlterConfigs(Map.of(topic, change)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The topic at " + bootstrapServers + " cannot be set up", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a topic was set up", e);
        }
    }

    /** Bootstrap servers by data center. */
    Map<String, String> servers() {
        return servers;
    }

    /** The process of a cluster that has one of its own. */
    ChildProcess process(String dataCenter) {
        return apart.orElseThrow().process(dataCenter);
    }

    /** Starts a cluster again that was ended, with all that it held. */
    void restart(String dataCenter) {
        apart.orElseThrow().start(dataCenter);
    }

    /** All processes that there are now. */
    List<ChildProcess> processes() {
        return apart.map(each -> servers.keySet().stream().map(each::process).toList())
                .orElse(together);
    }
}
