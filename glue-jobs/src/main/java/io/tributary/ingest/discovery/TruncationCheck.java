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
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
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
    private static final int MAX_ROUNDS = 3;
    private static final Duration RETRY_BACKOFF = Duration.ofSeconds(30);

    private final String dataCenter;
    private final Supplier<Consumer<byte[], byte[]>> open;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private final Map<TopicPartitionId, Integer> checked = new HashMap<>();
    private final Map<TopicPartitionId, Failure> failures = new HashMap<>();

    /** A check that failed, and until when it is not repeated. */
    private record Failure(String cause, long retryAtNanos) {}

    /** @param timeout of one request; a check of many partitions takes at most a few times as long */
    TruncationCheck(
            String dataCenter, Supplier<Consumer<byte[], byte[]>> open, Duration timeout, LongSupplier nanoTime) {
        this.dataCenter = dataCenter;
        this.open = open;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    /**
     * What a check has found.
     *
     * @param truncated the offsets that were read and are gone: from where the log was truncated to the position
     * @param unknown partitions that could not be checked now, and why
     */
    record Result(SortedSet<OffsetRange> truncated, SortedMap<TopicPartitionId, String> unknown) {

        OffsetBounds applyTo(OffsetBounds bounds) {
            return bounds.withTruncations(truncated, unknown);
        }
    }

    /**
     * Checks each log by itself. One that cannot be checked hides nothing of the others, and does not count as whole.
     *
     * @param epochs of the leaders now
     */
    Result check(ReadProgress known, OffsetBounds bounds, SortedMap<TopicPartitionId, Integer> epochs) {
        SortedMap<TopicPartitionId, Integer> raised = raised(known, bounds, epochs);
        failures.keySet().retainAll(raised.keySet());
        Result result = new Result(new TreeSet<>(), new TreeMap<>());
        long now = nanoTime.getAsLong();
        failures.values().removeIf(failure -> failure.retryAtNanos() - now <= 0);
        failures.forEach((id, failure) -> result.unknown().put(id, failure.cause()));
        raised.keySet().removeAll(failures.keySet());
        if (raised.isEmpty()) {
            return result;
        }
        raised.keySet().forEach(id -> result.unknown().put(id, "there was no time to check it"));
        try (Consumer<byte[], byte[]> consumer = open.get()) {
            for (Map.Entry<TopicPartitionId, Integer> partition : raised.entrySet()) {
                if (nanoTime.getAsLong() - now < MAX_ROUNDS * timeout.toNanos()) {
                    check(consumer, known, partition.getKey(), partition.getValue(), result);
                }
            }
        } catch (RuntimeException e) {
            raised.keySet().stream().filter(result.unknown()::containsKey).forEach(id -> fail(id, e, result));
        }
        return result;
    }

    private void fail(TopicPartitionId id, RuntimeException failure, Result result) {
        if (KafkaErrors.isOfTask(failure)) {
            throw failure;
        }
        String cause = KafkaErrors.describe(failure);
        failures.put(id, new Failure(cause, nanoTime.getAsLong() + RETRY_BACKOFF.toNanos()));
        result.unknown().put(id, cause);
    }

    /** The partitions whose leader is another one than when they were last read or checked. */
    private SortedMap<TopicPartitionId, Integer> raised(
            ReadProgress known, OffsetBounds bounds, SortedMap<TopicPartitionId, Integer> epochs) {
        SortedMap<TopicPartitionId, Integer> raised = new TreeMap<>();
        known.positions().dataCenter(dataCenter).offsets().keySet().forEach(partition -> {
            Integer read = known.epochs().get(partition);
            Integer now = epochs.get(partition);
            if (read != null
                    && now != null
                    && now > Math.max(read, checked.getOrDefault(partition, -1))
                    && !isOtherTopic(known, bounds, partition)) {
                raised.put(partition, now);
            }
        });
        return raised;
    }

    private void check(
            Consumer<byte[], byte[]> consumer, ReadProgress known, TopicPartitionId id, int epoch, Result result) {
        TopicPartition partition = new TopicPartition(id.topic(), id.partition());
        long read = readUntil(known, id);
        try {
            // The client compares epochs only with those of leaders that it knows already.
            consumer.endOffsets(List.of(partition), timeout);
            cutAt(consumer, partition, read, known.epochs().get(id))
                    .filter(end -> end < read && holdsRecords(consumer, partition, end, read))
                    .ifPresentOrElse(
                            end -> result.truncated()
                                    .add(new OffsetRange(
                                            id, end, known.positions().of(id).orElseThrow())),
                            () -> checked.put(id, epoch));
            result.unknown().remove(id);
        } catch (RuntimeException e) {
            fail(id, e, result);
        }
    }

    private static boolean isOtherTopic(ReadProgress known, OffsetBounds bounds, TopicPartitionId partition) {
        return known.identityOf(partition)
                .filter(identity -> identity.differsFrom(bounds.identityOf(partition.topic())))
                .isPresent();
    }

    private Optional<Long> cutAt(
            Consumer<byte[], byte[]> consumer, TopicPartition partition, long position, int epoch) {
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
    private boolean holdsRecords(Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, long until) {
        consumer.seek(partition, from);
        long end = nanoTime.getAsLong() + timeout.toNanos();
        while (consumer.position(partition, timeout) < until && nanoTime.getAsLong() - end < 0) {
            List<ConsumerRecord<byte[], byte[]>> records;
            try {
                records = consumer.poll(POLL).records(partition);
            } catch (KafkaException e) {
                if (KafkaErrors.isOfRecord(e)) {
                    return true; // It is damaged, and a record nevertheless.
                }
                throw e;
            }
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

    /** @param settings of the data center's clients */
    static Consumer<byte[], byte[]> consumer(Properties settings) {
        settings.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
