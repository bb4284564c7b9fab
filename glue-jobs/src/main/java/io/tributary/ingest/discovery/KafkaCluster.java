package io.tributary.ingest.discovery;

import io.tributary.config.DataCenter;
import io.tributary.config.Secrets;
import io.tributary.config.StartingOffsets;
import io.tributary.error.Failures;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Fetches the offset bounds and the topic identities of one data center's Kafka. Each topic and partition is fetched by
 * itself, so trouble of one hides nothing of the others. Calls block, at most for a few times the timeout. Not
 * thread-safe.
 */
public final class KafkaCluster implements OffsetFetcher.Cluster {

    /** Zero would wait for the client's thread without end, and the thread may wait for a name server. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(20);

    /** After so many failures in a row a client is replaced, whatever they were. */
    private static final int MAX_FAILURES_OF_CLIENT = 3;

    private static final String THREAD_IS_DEAD = "The AdminClient thread";

    private final DataCenter center;
    private final Secrets secrets;
    private final Duration deadline;
    private final OffsetLookup offsets;
    private final TruncationCheck truncations;
    private final RetentionLookup retentions;
    private volatile Admin admin;
    private boolean isClosed;
    private int failures;

    public KafkaCluster(DataCenter center, Secrets secrets, Duration deadline) {
        this.center = center;
        this.secrets = secrets;
        this.deadline = deadline;
        this.offsets = new OffsetLookup(center.name(), deadline.multipliedBy(6).dividedBy(10));
        this.truncations = new TruncationCheck(
                center.name(), () -> TruncationCheck.consumer(settings()), deadline, System::nanoTime);
        this.retentions = new RetentionLookup(center.name(), System::nanoTime);
    }

    @Override
    public OffsetBounds reach(ReadProgress known) throws Exception {
        if (admin == null) {
            open();
        }
        try {
            OffsetBounds bounds = asked(known);
            failures = 0;
            return bounds;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            failures++;
            if (isOfClient(e) || failures % MAX_FAILURES_OF_CLIENT == 0) {
                admin.close(CLOSE_TIMEOUT);
                admin = null;
            }
            throw e;
        }
    }

    /**
     * Whether only a new client can help. After a login was refused, it uses the secret that may have been rotated. The
     * thread of a client ends for good by an error, such as an OutOfMemoryError by an answer in another protocol.
     */
    private static boolean isOfClient(Exception failure) {
        return failure.getCause() instanceof AuthenticationException
                || Failures.chain(failure).stream()
                        .anyMatch(cause -> String.valueOf(cause.getMessage()).startsWith(THREAD_IS_DEAD));
    }

    /** Resolving the settings may take seconds, in which the stream may stop and close this. */
    private void open() {
        Properties settings = settings();
        settings.setProperty(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                ProtocolProbe.serversOf(center, settings, deadline.dividedBy(3)));
        Admin opened = Admin.create(settings);
        synchronized (this) {
            if (!isClosed) {
                admin = opened;
                return;
            }
        }
        opened.close(CLOSE_TIMEOUT);
        throw new IllegalStateException("The client of " + center.name() + " was closed while it was opened");
    }

    @Override
    public SortedMap<String, TopicIdentity> identities()
            throws InterruptedException, ExecutionException, TimeoutException {
        Admin open = admin;
        if (open == null) {
            throw new IllegalStateException("There is no client of " + center.name());
        }
        return topics(open).identities();
    }

    /** What was found, topic by topic. */
    private record Topics(
            SortedMap<String, TopicIdentity> identities,
            SortedSet<TopicPartitionId> partitions,
            List<TopicPartition> led,
            List<Unavailable> unavailable) {}

    private OffsetBounds asked(ReadProgress known) throws InterruptedException, ExecutionException, TimeoutException {
        Topics topics = topics(admin);
        offsets.retain(topics.led());
        retentions.ask(admin, topics.identities().keySet());
        // Where a data center begins is needed only before its first batch.
        boolean begins = known.positions().dataCenter(center.name()).isEmpty();
        OffsetLookup.Asked earliest = offsets.ask(admin, topics.led(), OffsetSpec.earliest());
        OffsetLookup.Asked end = offsets.ask(admin, topics.led(), OffsetSpec.latest());
        OffsetLookup.Asked latest = AdminClientOptions.isolation(center) == IsolationLevel.READ_UNCOMMITTED
                ? end
                : offsets.askCommitted(admin, topics.led());
        OffsetLookup.Asked from = begins && center.start() instanceof StartingOffsets.At at
                ? offsets.ask(
                        admin,
                        topics.led(),
                        OffsetSpec.forTimestamp(at.instant().toEpochMilli()))
                : null;
        OffsetLookup.Answers answers = offsets.await(earliest, latest, end);
        topics.unavailable().addAll(answers.unavailable());
        OffsetBounds bounds = new OffsetBounds(
                answers.of(earliest),
                answers.of(latest),
                answers.of(end),
                begins
                        ? start(answers.of(earliest), answers.of(latest), from == null ? null : answers.of(from))
                        : answers.of(earliest),
                topics.identities(),
                topics.partitions(),
                topics.unavailable(),
                new TreeSet<>(),
                retentions.told());
        return truncations.check(known, bounds, answers.leaderEpochs(end)).applyTo(bounds);
    }

    private Topics topics(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        KafkaFuture<String> askedCluster = admin.describeCluster().clusterId();
        SortedMap<String, KafkaFuture<TopicDescription>> asked =
                new TreeMap<>(admin.describeTopics(center.topics()).topicNameValues());
        String clusterId = clusterId(askedCluster);
        Topics topics = new Topics(new TreeMap<>(), new TreeSet<>(), new ArrayList<>(), new ArrayList<>());
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : asked.entrySet()) {
            try {
                add(topics, clusterId, within(topic.getValue()));
            } catch (ExecutionException e) {
                topics.unavailable().add(unavailable(topic.getKey(), e));
            }
        }
        return topics;
    }

    private String clusterId(KafkaFuture<String> asked)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            String id = within(asked);
            return id == null || id.isEmpty() ? TopicIdentity.UNTOLD : id;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException || e.getCause() instanceof UnsupportedVersionException) {
                return TopicIdentity.UNTOLD;
            }
            throw e;
        }
    }

    private void add(Topics topics, String clusterId, TopicDescription topic) {
        boolean isTold = topic.topicId() != null && !topic.topicId().equals(Uuid.ZERO_UUID);
        String topicId = isTold ? topic.topicId().toString() : TopicIdentity.UNTOLD;
        topics.identities().put(topic.name(), TopicIdentity.first(clusterId, topicId));
        for (TopicPartitionInfo partition : topic.partitions()) {
            topics.partitions().add(new TopicPartitionId(center.name(), topic.name(), partition.partition()));
            if (partition.leader() == null || partition.leader().isEmpty()) {
                topics.unavailable()
                        .add(new Unavailable(
                                topic.name(),
                                OptionalInt.of(partition.partition()),
                                "it has no leader",
                                "look after the brokers that hold its replicas"));
            } else {
                topics.led().add(new TopicPartition(topic.name(), partition.partition()));
            }
        }
    }

    /** Whether the failure concerns this topic alone. Any other failure concerns the cluster. */
    private static Unavailable unavailable(String topic, ExecutionException failure) throws ExecutionException {
        Throwable cause = failure.getCause();
        if (cause instanceof UnknownTopicOrPartitionException) {
            return new Unavailable(
                    topic,
                    OptionalInt.empty(),
                    "the cluster has no topic of this name, or this login may not see it",
                    "make the topic, allow DESCRIBE and READ on it, or take it out of the data-centers file");
        }
        if (cause instanceof AuthorizationException || cause instanceof InvalidTopicException) {
            return new Unavailable(
                    topic,
                    OptionalInt.empty(),
                    KafkaErrors.describe(cause),
                    "allow DESCRIBE and READ on it, or take it out of the data-centers file");
        }
        throw failure;
    }

    private PartitionOffsets start(PartitionOffsets earliest, PartitionOffsets latest, PartitionOffsets from) {
        if (center.start() instanceof StartingOffsets.Latest) {
            return latest;
        }
        return from == null ? earliest : startingAtTime(earliest, latest, from);
    }

    /**
     * Where partitions begin that are to begin at a time. Kafka answers -1 for a partition without a record from that time
     * on: it begins at its end. A partition whose lookup by time failed begins at its earliest offset, since it may have
     * such records: some too many are read, and none is skipped.
     */
    static PartitionOffsets startingAtTime(PartitionOffsets earliest, PartitionOffsets latest, PartitionOffsets from) {
        SortedMap<TopicPartitionId, Long> found = new TreeMap<>();
        latest.offsets().forEach((partition, end) -> {
            Optional<Long> at = from.of(partition).or(() -> earliest.of(partition));
            at.ifPresent(offset -> found.put(partition, offset >= 0 ? offset : end));
        });
        return new PartitionOffsets(found);
    }

    private <T> T within(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(2 * deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Properties settings() {
        return AdminClientOptions.of(center, secrets, deadline);
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (admin != null) {
            admin.close(CLOSE_TIMEOUT);
        }
    }
}
