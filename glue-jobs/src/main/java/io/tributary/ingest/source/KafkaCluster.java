package io.tributary.ingest.source;

import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import io.tributary.config.DataCenter;
import io.tributary.config.Secrets;
import io.tributary.config.Start;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;

/** Asks one data centre's Kafka how far it reaches. Blocks, never longer than its deadline; one call at a time. */
final class KafkaCluster implements Inquiries.Cluster {

    private final DataCenter center;
    private final Secrets secrets;
    private final Duration deadline;
    private Admin admin;

    KafkaCluster(DataCenter center, Secrets secrets, Duration deadline) {
        this.center = center;
        this.secrets = secrets;
        this.deadline = deadline;
    }

    @Override
    public Reach reach() throws InterruptedException, ExecutionException, TimeoutException {
        if (admin == null) {
            admin = Admin.create(settings());
        }
        try {
            return asked();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthenticationException) {
                // The secret may have been renewed; the next question opens a client with what it is then.
                close();
                admin = null;
            }
            throw e;
        }
    }

    private Reach asked() throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, TopicDescription> topics =
                within(admin.describeTopics(center.topics()).allTopicNames());
        List<TopicPartition> partitions = topics.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        Positions earliest = offsets(partitions, OffsetSpec.earliest());
        Positions latest = offsets(partitions, OffsetSpec.latest());
        return new Reach(earliest, latest, start(partitions, earliest, latest));
    }

    private Positions start(List<TopicPartition> partitions, Positions earliest, Positions latest)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (center.start() instanceof Start.Latest) {
            return latest;
        }
        if (center.start() instanceof Start.At at) {
            // A partition without a record from that time on answers with -1: it begins at its end.
            SortedMap<PartitionId, Long> found = new TreeMap<>(latest.offsets());
            offsets(partitions, OffsetSpec.forTimestamp(at.instant().toEpochMilli()))
                    .offsets()
                    .forEach((partition, offset) -> {
                        if (offset >= 0) {
                            found.put(partition, offset);
                        }
                    });
            return new Positions(found);
        }
        return earliest;
    }

    private Positions offsets(List<TopicPartition> partitions, OffsetSpec spec)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec));
        Map<TopicPartition, ListOffsetsResultInfo> answer = within(
                admin.listOffsets(asked, new ListOffsetsOptions(isolation())).all());
        SortedMap<PartitionId, Long> offsets = new TreeMap<>();
        answer.forEach((partition, info) ->
                offsets.put(new PartitionId(center.name(), partition.topic(), partition.partition()), info.offset()));
        return new Positions(offsets);
    }

    private IsolationLevel isolation() {
        return "read_committed".equals(center.kafka().get("isolation.level"))
                ? IsolationLevel.READ_COMMITTED
                : IsolationLevel.READ_UNCOMMITTED;
    }

    private <T> T within(org.apache.kafka.common.KafkaFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(2 * deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, center.bootstrapServers());
        settings.setProperty(AdminClientConfig.CLIENT_ID_CONFIG, "tributary-" + center.name());
        long millis = deadline.toMillis();
        settings.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(millis));
        settings.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(Math.max(1, millis * 2 / 3)));
        settings.setProperty(
                AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, Long.toString(Math.max(1, millis / 3)));
        secrets.options(center).forClient().forEach(settings::setProperty);
        return settings;
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
