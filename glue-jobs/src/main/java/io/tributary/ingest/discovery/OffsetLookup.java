package io.tributary.ingest.discovery;

import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * Looks up offsets, partition by partition. A partition that did not answer is left out for a while, since each trigger
 * would wait for it.
 */
final class OffsetLookup {

    private static final Duration RETRY_BACKOFF = Duration.ofSeconds(30);

    private final String dataCenter;
    private final Duration timeout;
    private final Map<TopicPartition, Failure> failures = new HashMap<>();

    private record Failure(String cause, long retryAtNanos) {}

    /** Requests in flight. */
    record Asked(ListOffsetsResult result, List<TopicPartition> partitions) {}

    /**
     * @param timeout of one request; short, so that a partition without an answer does not hold up the others' answers
     */
    OffsetLookup(String dataCenter, Duration timeout) {
        this.dataCenter = dataCenter;
        this.timeout = timeout;
    }

    /** Forgets the failures of all other partitions, which do not exist any more or have no leader. */
    void retain(Collection<TopicPartition> partitions) {
        failures.keySet().retainAll(Set.copyOf(partitions));
    }

    Asked ask(Admin admin, Collection<TopicPartition> partitions, OffsetSpec spec) {
        return ask(admin, partitions, spec, IsolationLevel.READ_UNCOMMITTED);
    }

    /** Up to which offset a consumer of committed records can read. */
    Asked askCommitted(Admin admin, Collection<TopicPartition> partitions) {
        return ask(admin, partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    private Asked ask(Admin admin, Collection<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation) {
        long now = System.nanoTime();
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.stream()
                .filter(partition -> !failures.containsKey(partition)
                        || failures.get(partition).retryAtNanos() - now <= 0)
                .forEach(partition -> asked.put(partition, spec));
        ListOffsetsOptions options = new ListOffsetsOptions(isolation);
        options.timeoutMs((int) timeout.toMillis());
        return new Asked(admin.listOffsets(asked, options), List.copyOf(asked.keySet()));
    }

    /**
     * Waits for the answers.
     *
     * @throws ExecutionException if no partition answered
     */
    Answers await(Asked... questions) throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, ExecutionException> failed = new HashMap<>();
        Map<TopicPartition, Boolean> answered = new HashMap<>();
        for (Asked asked : questions) {
            for (TopicPartition partition : asked.partitions()) {
                try {
                    asked.result().partitionResult(partition).get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
                    answered.put(partition, true);
                } catch (ExecutionException e) {
                    failed.putIfAbsent(partition, e);
                }
            }
        }
        answered.keySet().removeAll(failed.keySet());
        for (ExecutionException failure : failed.values()) {
            if (answered.isEmpty() || failure.getCause() instanceof AuthenticationException) {
                throw failure;
            }
        }
        answered.keySet().forEach(failures::remove);
        long retryAt = System.nanoTime() + RETRY_BACKOFF.toNanos();
        failed.forEach(
                (partition, failure) -> failures.put(partition, new Failure(KafkaErrors.describe(failure), retryAt)));
        return new Answers(answered.keySet());
    }

    /** The offsets of the partitions that answered all requests. */
    final class Answers {

        private final Collection<TopicPartition> answered;

        private Answers(Collection<TopicPartition> answered) {
            this.answered = List.copyOf(answered);
        }

        PartitionOffsets of(Asked asked) throws InterruptedException, TimeoutException {
            SortedMap<TopicPartitionId, Long> offsets = new TreeMap<>();
            infos(asked).forEach((partition, info) -> offsets.put(partition, info.offset()));
            return new PartitionOffsets(offsets);
        }

        SortedMap<TopicPartitionId, Integer> leaderEpochs(Asked asked) throws InterruptedException, TimeoutException {
            SortedMap<TopicPartitionId, Integer> epochs = new TreeMap<>();
            infos(asked)
                    .forEach((partition, info) -> info.leaderEpoch().ifPresent(epoch -> epochs.put(partition, epoch)));
            return epochs;
        }

        private SortedMap<TopicPartitionId, ListOffsetsResultInfo> infos(Asked asked)
                throws InterruptedException, TimeoutException {
            SortedMap<TopicPartitionId, ListOffsetsResultInfo> infos = new TreeMap<>();
            for (TopicPartition partition : answered) {
                KafkaFuture<ListOffsetsResultInfo> info = asked.result().partitionResult(partition);
                try {
                    infos.put(id(partition), info.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS));
                } catch (ExecutionException e) {
                    // Of those that answered, only the lookup by time can have failed. Its partition is left out.
                }
            }
            return infos;
        }

        /** Partitions that did not answer when they were last asked. */
        List<Unavailable> unavailable() {
            List<Unavailable> all = new ArrayList<>();
            failures.forEach((partition, failure) -> all.add(new Unavailable(
                    partition.topic(),
                    OptionalInt.of(partition.partition()),
                    failure.cause(),
                    "look after the broker that leads it, and allow DESCRIBE and READ on its topic")));
            return all;
        }
    }

    private TopicPartitionId id(TopicPartition partition) {
        return new TopicPartitionId(dataCenter, partition.topic(), partition.partition());
    }
}
