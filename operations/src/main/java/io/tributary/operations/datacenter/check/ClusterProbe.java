package io.tributary.operations.datacenter.check;

import io.tributary.cli.Suggestions;
import io.tributary.config.DataCenter;
import io.tributary.config.Secrets;
import io.tributary.config.StartingOffsets;
import io.tributary.ingest.discovery.AdminClientOptions;
import io.tributary.ingest.discovery.KafkaErrors;
import io.tributary.ingest.discovery.TopicRetention;
import io.tributary.operations.datacenter.check.BrokerConnections.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks a cluster about itself, its topics and their offsets. Calls block, each at most for its timeout. */
final class ClusterProbe implements AutoCloseable {

    private final DataCenter center;
    private final Duration timeout;
    private final Admin admin;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private boolean isIdentified;

    private ClusterProbe(DataCenter center, Duration timeout, Admin admin) {
        this.center = center;
        this.timeout = timeout;
        this.admin = admin;
    }

    static ClusterProbe open(DataCenter center, Secrets secrets, Duration timeout) {
        return new ClusterProbe(center, timeout, Admin.create(AdminClientOptions.of(center, secrets, timeout)));
    }

    /** Whether the cluster has let us in. */
    boolean isIdentified() {
        return isIdentified;
    }

    /** Those with a leader. */
    List<TopicPartition> partitions() {
        return List.copyOf(partitions);
    }

    /** Logs in, and asks the brokers for their id and for where clients are to find them. */
    List<CheckResult> identify() throws InterruptedException {
        try {
            DescribeClusterResult cluster = admin.describeCluster();
            Collection<Node> nodes = within(cluster.nodes());
            isIdentified = true;
            List<CheckResult> results = new ArrayList<>();
            results.add(CheckResult.ok("login", login()));
            results.add(id(cluster.clusterId()));
            results.addAll(advertised(nodes));
            return results;
        } catch (ExecutionException | TimeoutException e) {
            return List.of(Failures.result(center, e));
        }
    }

    private String login() {
        String protocol = center.kafka().getOrDefault("security.protocol", "PLAINTEXT");
        String mechanism = center.kafka().getOrDefault("sasl.mechanism", "GSSAPI");
        return protocol.startsWith("SASL_")
                ? "accepted, by " + mechanism + " over " + protocol
                : "none asked for, over " + protocol;
    }

    private CheckResult id(KafkaFuture<String> asked) throws InterruptedException, TimeoutException {
        try {
            return CheckResult.ok("cluster", "its id is " + within(asked));
        } catch (ExecutionException e) {
            return CheckResult.unknown("cluster", "its id is not told: " + KafkaErrors.describe(e), "");
        }
    }

    /** A client speaks to the brokers where they say that they are, and not where the entry says. */
    private List<CheckResult> advertised(Collection<Node> nodes) throws InterruptedException {
        List<String> dialed = Arrays.asList(center.bootstrapServers().split(",", -1));
        return BrokerConnections.results(
                nodes.stream()
                        .filter(node -> !dialed.contains(server(node)))
                        .map(node -> new Address(
                                server(node),
                                "broker " + node.id() + ", which says that it is at " + server(node) + ","))
                        .toList(),
                timeout);
    }

    private static String server(Node node) {
        return (node.host().contains(":") ? "[" + node.host() + "]" : node.host()) + ":" + node.port();
    }

    List<CheckResult> describeTopics() throws InterruptedException, TimeoutException {
        List<CheckResult> results = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                new TreeMap<>(admin.describeTopics(center.topics()).topicNameValues()).entrySet()) {
            try {
                results.add(taken(within(topic.getValue())));
            } catch (ExecutionException e) {
                results.add(
                        e.getCause() instanceof UnknownTopicOrPartitionException
                                ? missing(topic.getKey())
                                : Failures.result(center, e));
            }
        }
        return results;
    }

    private CheckResult taken(TopicDescription topic) {
        List<Integer> leaderless = new ArrayList<>();
        topic.partitions().forEach(partition -> {
            if (partition.leader() == null || partition.leader().isEmpty()) {
                leaderless.add(partition.partition());
            } else {
                partitions.add(new TopicPartition(topic.name(), partition.partition()));
            }
        });
        int count = topic.partitions().size();
        String words = topic.name() + " has " + count + (count == 1 ? " partition" : " partitions");
        return leaderless.isEmpty()
                ? CheckResult.ok("topic", words)
                : CheckResult.fail(
                        "topic",
                        words + ", of which these have no leader: " + leaderless,
                        "look after the brokers that hold their replicas");
    }

    private CheckResult missing(String topic) throws InterruptedException {
        String remedy = "correct the name, make the topic, or allow DESCRIBE and READ on it";
        try {
            SortedSet<String> known = new TreeSet<>(within(admin.listTopics().names()));
            String others = known.isEmpty()
                    ? "it shows no topics at all"
                    : Suggestions.remedy(topic, known.stream().limit(10).toList());
            return CheckResult.fail("topic", topic + " is not there, or this login may not see it; " + others, remedy);
        } catch (ExecutionException | TimeoutException e) {
            return CheckResult.fail("topic", topic + " is not there, or this login may not see it", remedy);
        }
    }

    /** @param now the moment from which the last hour is counted */
    PartitionEnds ends(Instant now) throws InterruptedException {
        Map<TopicPartition, Long> earliest = offsets(OffsetSpec.earliest());
        Map<TopicPartition, Long> latest = offsets(OffsetSpec.latest());
        Map<TopicPartition, Long> hourAgo = since(now.minus(Duration.ofHours(1)), latest);
        Map<TopicPartition, Long> start = earliest;
        if (center.start() instanceof StartingOffsets.Latest) {
            start = latest;
        } else if (center.start() instanceof StartingOffsets.At at) {
            start = since(at.instant(), latest);
        }
        return new PartitionEnds(earliest, latest, start, hourAgo);
    }

    /**
     * The sum over all partitions of the offsets of their first records from a time on, or of their ends.
     *
     * @throws IllegalStateException if a partition does not tell, or has no leader
     */
    long offsetsAt(Instant time) throws InterruptedException {
        Map<TopicPartition, Long> latest = offsets(OffsetSpec.latest());
        Map<TopicPartition, Long> found = since(time, latest);
        if (partitions.isEmpty() || found.size() < partitions.size() || latest.size() < partitions.size()) {
            throw new IllegalStateException("a partition of " + center.name() + " does not tell its offsets");
        }
        return found.values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<TopicPartition, Long> since(Instant time, Map<TopicPartition, Long> latest)
            throws InterruptedException {
        Map<TopicPartition, Long> found = offsets(OffsetSpec.forTimestamp(time.toEpochMilli()));
        found.replaceAll((partition, offset) -> offset < 0 ? latest.getOrDefault(partition, 0L) : offset);
        return found;
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec spec) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = partitions.stream().collect(Collectors.toMap(one -> one, one -> spec));
        IsolationLevel isolation = AdminClientOptions.isolation(center);
        ListOffsetsResult result = admin.listOffsets(asked, new ListOffsetsOptions(isolation));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            try {
                offsets.put(partition, within(result.partitionResult(partition)).offset());
            } catch (ExecutionException | TimeoutException e) {
                if (e.getCause() instanceof AuthenticationException refused) {
                    throw refused;
                }
            }
        }
        return offsets;
    }

    /** @param rate records a second that the stream reads of it at most */
    Backlog backlog(PartitionEnds ends, Optional<Instant> oldest, Optional<Instant> oldestUnread, long rate)
            throws InterruptedException {
        return new Backlog(
                ends.waiting(),
                "start " + center.start().describe(),
                ends.lastHour(),
                oldest,
                oldestUnread,
                retention(),
                rate);
    }

    /** The shortest of all topics; empty if it is not told. */
    private Optional<Duration> retention() throws InterruptedException {
        List<ConfigResource> topics = center.topics().stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        try {
            return within(admin.describeConfigs(topics).all()).values().stream()
                    .flatMap(config -> TopicRetention.of(config).stream())
                    .map(retention -> retention.time().orElse(Backlog.FOREVER))
                    .min(Comparator.naturalOrder());
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    private <T> T within(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
