package io.tributary.ingest.discovery;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds logs that lost records which were already read. After an unclean election the new leader may lack these records
 * and write others at their offsets. Each leader has an epoch, so a log is checked only if its epoch rose since the
 * last record that was read. Then a consumer that knows the epoch of that record asks where it ends (KIP-320).
 */
final class TruncationCheck {

    private static final Duration POLL = Duration.ofMillis(200);

    private final String dataCenter;
    private final Supplier<Properties> settings;
    private final Duration timeout;
    private final Map<TopicPartitionId, Integer> checked = new HashMap<>();

    TruncationCheck(String dataCenter, Supplier<Properties> settings, Duration timeout) {
        this.dataCenter = dataCenter;
        this.settings = settings;
        this.timeout = timeout;
    }

    /**
     * The offsets that were read and are gone: from the offset at which the log was truncated to the position.
     *
     * @param epochs of the leaders now
     */
    SortedSet<OffsetRange> check(ReadProgress known, OffsetBounds reach, SortedMap<TopicPartitionId, Integer> epochs) {
        SortedMap<TopicPartitionId, Integer> raised = new TreeMap<>();
        known.positions().dataCenter(dataCenter).offsets().keySet().forEach(partition -> {
            Integer read = known.epochs().get(partition);
            Integer now = epochs.get(partition);
            if (read != null
                    && now != null
                    && now > Math.max(read, checked.getOrDefault(partition, -1))
                    && !isOtherTopic(known, reach, partition)) {
                raised.put(partition, now);
            }
        });
        SortedSet<OffsetRange> truncated = new TreeSet<>();
        if (!raised.isEmpty()) {
            try (KafkaConsumer<byte[], byte[]> consumer = open()) {
                Map<TopicPartition, TopicPartitionId> partitions = new HashMap<>();
                raised.keySet().forEach(id -> partitions.put(new TopicPartition(id.topic(), id.partition()), id));
                // The client compares epochs only with those of leaders that it knows already.
                consumer.endOffsets(partitions.keySet(), timeout);
                partitions.forEach((partition, id) -> {
                    long read = readUntil(known, id);
                    cutAt(consumer, partition, read, known.epochs().get(id))
                            .filter(end -> end < read && holdsRecords(consumer, partition, end, read))
                            .ifPresentOrElse(
                                    end -> truncated.add(new OffsetRange(
                                            id, end, known.positions().of(id).orElseThrow())),
                                    () -> checked.put(id, raised.get(id)));
                });
            }
        }
        return truncated;
    }

    private static boolean isOtherTopic(ReadProgress known, OffsetBounds reach, TopicPartitionId partition) {
        return known.identityOf(partition)
                .filter(identity -> identity.differsFrom(reach.identityOf(partition.topic())))
                .isPresent();
    }

    private Optional<Long> cutAt(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long position, int epoch) {
        // Assigned alone: the client would fetch the committed offset of every assigned partition without a seek.
        consumer.assign(List.of(partition));
        consumer.seek(partition, new OffsetAndMetadata(position, Optional.of(epoch), ""));
        try {
            consumer.position(partition, timeout);
            return Optional.empty();
        } catch (LogTruncationException e) {
            OffsetAndMetadata end = e.divergentOffsets().get(partition);
            // If the brokers do not report it, only the record before the position is known to be gone.
            return Optional.of(end == null ? position - 1 : end.offset());
        }
    }

    /** The offset after the last record that was read. If the last range was deferred, nothing behind it was read. */
    private static long readUntil(ReadProgress known, TopicPartitionId partition) {
        long position = known.positions().of(partition).orElseThrow();
        return known.pendingOf(partition).stream()
                .filter(range -> range.until() == position)
                .mapToLong(OffsetRange::from)
                .findFirst()
                .orElse(position);
    }

    /**
     * Whether there are records between two offsets. If there are none, nothing was truncated: the later leader wrote
     * only transaction markers there, which no consumer sees.
     */
    private boolean holdsRecords(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, long until) {
        consumer.seek(partition, from);
        long end = System.nanoTime() + timeout.toNanos();
        while (consumer.position(partition, timeout) < until && System.nanoTime() < end) {
            List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(partition);
            if (!records.isEmpty()) {
                return records.get(0).offset() < until;
            }
        }
        if (consumer.position(partition, timeout) < until) {
            // A broker that is throttled may return nothing for so long. What is not known must not count as whole.
            throw new TimeoutException("Whether the log of " + partition + " was truncated at " + from
                    + " is not known yet: the broker returned nothing within " + timeout);
        }
        return false;
    }

    private KafkaConsumer<byte[], byte[]> open() {
        Properties properties = settings.get();
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
