package io.tributary.ingest.discovery;

import static io.tributary.lab.fixtures.SourceFixtures.partition;
import static io.tributary.lab.fixtures.SourceFixtures.positions;
import static io.tributary.lab.fixtures.SourceFixtures.range;
import static io.tributary.lab.fixtures.SourceFixtures.sorted;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class TruncationCheckTest {

    private static final SortedMap<TopicPartitionId, Integer> LED_ANEW =
            sorted(Map.of(partition("events", 0), 7, partition("events", 1), 7, partition("events", 2), 7));
    private static final ReadProgress KNOWN = new ReadProgress(
            positions(10, 20, 30),
            new TreeSet<>(),
            new TreeMap<>(),
            sorted(Map.of(partition("events", 0), 3, partition("events", 1), 3, partition("events", 2), 3)),
            new TreeSet<>(),
            new TreeSet<>());
    private static final OffsetBounds BOUNDS =
            new OffsetBounds(positions(0, 0, 0), positions(50, 50, 50), positions(0, 0, 0));

    private final AtomicLong nanos = new AtomicLong();
    private final Logs logs = new Logs();
    private RuntimeException refusal;
    private final TruncationCheck check = new TruncationCheck("fra", this::open, Duration.ofSeconds(2), nanos::get);

    /** Kafka's own stand-in for a consumer, over logs of which some were cut and some do not answer. */
    private final class Logs extends MockConsumer<byte[], byte[]> {

        private final Map<TopicPartition, Long> cutAt = new HashMap<>();
        private final Map<TopicPartition, RuntimeException> failures = new HashMap<>();
        private final Set<TopicPartition> damaged = new HashSet<>();

        Logs() {
            super(OffsetResetStrategy.NONE);
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            partitions.stream().filter(failures::containsKey).forEach(one -> {
                throw failures.get(one);
            });
            return Map.of();
        }

        @Override
        public synchronized long position(TopicPartition partition, Duration timeout) {
            long position = super.position(partition, timeout);
            Long end = cutAt.get(partition);
            if (end != null && position > end) {
                throw new LogTruncationException(
                        "cut", Map.of(partition, position), Map.of(partition, new OffsetAndMetadata(end)));
            }
            return position;
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            TopicPartition partition = assignment().iterator().next();
            if (damaged.contains(partition)) {
                throw new KafkaException("Record batch for partition " + partition + " at offset 5 is invalid");
            }
            long offset = super.position(partition, timeout);
            return new ConsumerRecords<>(Map.of(
                    partition,
                    List.of(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, null))));
        }

        /** The next check opens it anew. */
        @Override
        public synchronized void close() {}
    }

    @Test
    void aTruncatedLogIsFoundAndAWholeOneIsNotCheckedAgain() {
        logs.cutAt.put(id(1), 15L);

        assertThat(check()).isEqualTo(result(Map.of(), range(1, 15, 20)));

        logs.failures.put(id(0), new TimeoutException("asked again"));
        assertThat(check().unknown()).isEmpty();
    }

    @Test
    void aLogThatCannotBeCheckedHidesNothingOfTheOthers() {
        logs.failures.put(id(0), new TopicAuthorizationException(Set.of("events")));
        logs.cutAt.put(id(2), 25L);

        TruncationCheck.Result found = check();

        assertThat(found)
                .isEqualTo(result(
                        Map.of(
                                partition("events", 0),
                                "TopicAuthorizationException: Not authorized to access topics: [events]"),
                        range(2, 25, 30)));
        OffsetBounds bounds = found.applyTo(BOUNDS);
        assertThat(bounds.latest().offsets()).containsOnlyKeys(partition("events", 1), partition("events", 2));
        assertThat(bounds.earliest().offsets()).containsOnlyKeys(partition("events", 1), partition("events", 2));
        assertThat(bounds.end()).isEqualTo(BOUNDS.end());
        assertThat(bounds.unavailable())
                .extracting(Unavailable::describe)
                .containsExactly("partition events-0 cannot be read: its leader has changed, and whether its log was"
                        + " truncated is not known yet: TopicAuthorizationException: Not authorized to access topics:"
                        + " [events]. Everything else of the data center goes on; look after the broker that leads it");

        logs.failures.clear();
        assertThat(check().unknown()).as("not asked at every trigger").hasSize(1);
        nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThat(check().unknown()).isEmpty();
    }

    @Test
    void aDamagedRecordBeyondTheCutIsARecord() {
        logs.cutAt.put(id(0), 5L);
        logs.damaged.add(id(0));

        assertThat(check()).isEqualTo(result(Map.of(), range(0, 5, 10)));
    }

    @Test
    void aClientThatCannotBeOpenedLeavesTheChangedPartitionsUnknown() {
        refusal = new KafkaException("Failed to construct kafka consumer");

        assertThat(check().unknown())
                .containsOnlyKeys(LED_ANEW.keySet())
                .containsValue("KafkaException: Failed to construct kafka consumer");
    }

    @Test
    void manySlowLogsAreCheckedFromTriggerToTrigger() {
        SortedMap<TopicPartitionId, Integer> epochs = new TreeMap<>();
        SortedMap<TopicPartitionId, Integer> before = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            epochs.put(partition("events", i), 7);
            before.put(partition("events", i), 3);
        }
        ReadProgress many = new ReadProgress(
                positions(1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
                new TreeSet<>(),
                new TreeMap<>(),
                before,
                new TreeSet<>(),
                new TreeSet<>());

        assertThat(check.check(many, BOUNDS, epochs).unknown())
                .hasSize(4)
                .containsValue("there was no time to check it");
        assertThat(check.check(many, BOUNDS, epochs).unknown()).isEmpty();
    }

    private TruncationCheck.Result check() {
        return check.check(KNOWN, BOUNDS, LED_ANEW);
    }

    private Consumer<byte[], byte[]> open() {
        if (refusal != null) {
            throw refusal;
        }
        return logs;
    }

    private static TruncationCheck.Result result(Map<TopicPartitionId, String> unknown, OffsetRange... truncated) {
        return new TruncationCheck.Result(new TreeSet<>(List.of(truncated)), sorted(unknown));
    }

    private static TopicPartition id(int partition) {
        return new TopicPartition("events", partition);
    }
}
