package io.tributary.operations.datacenter.check;

import io.tributary.config.DataCenter;
import io.tributary.config.PipelineConfig;
import io.tributary.config.Secrets;
import io.tributary.ingest.format.RegistryResolver;
import io.tributary.ingest.source.ConsumerOptionsResolver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a few records with the consumer of the stream. It has no group, so it moves nobody's offsets. */
public final class SampleReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    /** At how many places of each partition a sample is taken. */
    private static final int PLACES = 20;

    private static final String MAX_FETCH_BYTES = Integer.toString(256 << 10);

    private final Consumer<byte[], byte[]> consumer;
    private final Duration timeout;

    private SampleReader(Consumer<byte[], byte[]> consumer, Duration timeout) {
        this.consumer = consumer;
        this.timeout = timeout;
    }

    /**
     * Opens a consumer, after which the decoder finds the schemas of the records.
     *
     * @param timeout of each reading
     */
    public static SampleReader open(DataCenter center, PipelineConfig config, Secrets secrets, Duration timeout) {
        new RegistryResolver(config, secrets).use(center);
        Map<String, Object> options = new HashMap<>(
                new ConsumerOptionsResolver(secrets, config).optionsOf(center).toMap());
        // A sample of a cluster far away must not fetch a megabyte from each of hundreds of partitions.
        options.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_FETCH_BYTES);
        return new SampleReader(
                new KafkaConsumer<>(options, new ByteArrayDeserializer(), new ByteArrayDeserializer()), timeout);
    }

    /** The time of the first record from an offset on, the oldest of all partitions; empty if there is none. */
    Optional<Instant> first(Map<TopicPartition, Long> from, Map<TopicPartition, Long> until) {
        Map<TopicPartition, Long> wanted = withRecords(from, until);
        seek(wanted);
        Set<TopicPartition> open = new HashSet<>(wanted.keySet());
        long oldest = Long.MAX_VALUE;
        for (long end = System.nanoTime() + timeout.toNanos(); !open.isEmpty() && System.nanoTime() < end; ) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (open.remove(partition)) {
                    oldest = Math.min(oldest, record.timestamp());
                    consumer.pause(Set.of(partition));
                }
            }
            closeRead(open, until);
        }
        return oldest == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldest));
    }

    /** The newest records, as many of each partition. */
    List<ConsumerRecord<byte[], byte[]>> newest(
            Map<TopicPartition, Long> from, Map<TopicPartition, Long> until, int count) {
        Map<TopicPartition, Long> wanted = withRecords(from, until);
        if (wanted.isEmpty()) {
            return List.of();
        }
        long each = Math.max(1, (count + wanted.size() - 1) / wanted.size());
        wanted.replaceAll((partition, first) -> Math.max(first, until.get(partition) - each));
        return read(wanted, until, count);
    }

    /**
     * Records from all over some ranges: all of them if they are no more than wanted, else runs of records at even
     * distances.
     *
     * @param count how many at most, and about how many if there are more
     */
    public List<ConsumerRecord<byte[], byte[]>> spread(
            Map<TopicPartition, Long> from, Map<TopicPartition, Long> until, int count) {
        Map<TopicPartition, Long> wanted = withRecords(from, until);
        long offsets = wanted.entrySet().stream()
                .mapToLong(first -> until.get(first.getKey()) - first.getValue())
                .sum();
        if (offsets <= count) {
            return read(wanted, until, count);
        }
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int place = 0; place < PLACES; place++) {
            Map<TopicPartition, Long> begins = new HashMap<>();
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (Map.Entry<TopicPartition, Long> first : wanted.entrySet()) {
                long all = until.get(first.getKey()) - first.getValue();
                long begin = first.getValue() + all * place / PLACES;
                long length = Math.max(1, (long) ((double) all * count / offsets / PLACES));
                begins.put(first.getKey(), begin);
                ends.put(first.getKey(), Math.min(begin + length, first.getValue() + all * (place + 1) / PLACES));
            }
            records.addAll(read(withRecords(begins, ends), ends, count - records.size()));
        }
        return records;
    }

    private List<ConsumerRecord<byte[], byte[]>> read(
            Map<TopicPartition, Long> from, Map<TopicPartition, Long> until, int count) {
        seek(from);
        Set<TopicPartition> open = new HashSet<>(from.keySet());
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (long end = System.nanoTime() + timeout.toNanos();
                !open.isEmpty() && records.size() < count && System.nanoTime() < end; ) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < until.get(new TopicPartition(record.topic(), record.partition()))
                        && records.size() < count) {
                    records.add(record);
                }
            }
            closeRead(open, until);
        }
        return records;
    }

    /** Offsets without a record, such as those of transactions, end a partition too. */
    private void closeRead(Set<TopicPartition> open, Map<TopicPartition, Long> until) {
        open.removeIf(partition -> consumer.position(partition) >= until.get(partition));
    }

    private void seek(Map<TopicPartition, Long> offsets) {
        consumer.assign(offsets.keySet());
        consumer.resume(consumer.paused());
        offsets.forEach(consumer::seek);
    }

    private static Map<TopicPartition, Long> withRecords(
            Map<TopicPartition, Long> from, Map<TopicPartition, Long> until) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        until.forEach((partition, end) -> {
            if (from.getOrDefault(partition, end) < end) {
                offsets.put(partition, from.get(partition));
            }
        });
        return offsets;
    }

    @Override
    public void close() {
        consumer.close(Duration.ZERO);
    }
}
