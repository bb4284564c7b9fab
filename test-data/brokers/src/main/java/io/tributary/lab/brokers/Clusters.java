package io.tributary.lab.brokers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;

/** The clusters that run in this process; closing stops them all at once, since each takes a second or two. */
final class Clusters implements AutoCloseable {

    private static final Map<String, String> TOPIC_CONFIG = Map.of(
            "message.timestamp.type", "LogAppendTime",
            "retention.ms", "-1",
            "retention.bytes", "-1");

    private final List<KafkaRaftServer> running = new ArrayList<>();
    private boolean closed;

    /** Starts {@code cluster} with {@code topic} and returns its bootstrap servers once it serves. */
    String start(Cluster cluster, String topic, int partitions) {
        KafkaRaftServer server = new KafkaRaftServer(cluster.config(), Time.SYSTEM);
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("The process is being stopped");
            }
            running.add(server);
        }
        server.startup();
        create(cluster, topic, partitions);
        return cluster.bootstrapServers();
    }

    private static void create(Cluster cluster, String topic, int partitions) {
        Map<String, Object> client = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(TOPIC_CONFIG)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("Topic " + topic + " cannot be made in " + cluster.dir(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while making topic " + topic, e);
        }
    }

    @Override
    public void close() {
        List<Thread> stopping;
        synchronized (this) {
            closed = true;
            stopping = running.stream()
                    .map(server -> new Thread(server::shutdown, "stop-cluster"))
                    .toList();
            running.clear();
        }
        stopping.forEach(Thread::start);
        for (Thread thread : stopping) {
            joinUninterruptibly(thread);
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
