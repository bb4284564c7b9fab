package io.tributary.lab.loadtest;

import io.tributary.lab.process.Threads;
import io.tributary.lab.truth.Xxh64;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Stands in the pipeline's place for one data center: reads its topic from the beginning, and notes of each record where it
 * lies, when Kafka appended it, when it came here, and a hash of it. It does nothing else with it.
 */
final class SyntheticConsumer implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final String servers;
    private final String topic;
    private final Clock clock;
    private final Thread thread;
    private volatile boolean goOn = true;
    private volatile long received;
    private volatile Throwable failure;
    private int[] partitions = new int[1 << 12];
    private long[] offsets = new long[1 << 12];
    private long[] appended = new long[1 << 12];
    private long[] arrived = new long[1 << 12];
    private long[] hashes = new long[1 << 12];
    private int size;

    SyntheticConsumer(String dataCenter, String servers, String topic, Clock clock) {
        this.servers = servers;
        this.topic = topic;
        this.clock = clock;
        this.thread = new Thread(this::run, "consumer-" + dataCenter);
        thread.setDaemon(true);
    }

    /** A record as it came, times in milliseconds since the epoch; the hash is the {@link Xxh64} of its value. */
    interface Visitor {
        void received(int partition, long offset, long appended, long arrived, long hash);
    }

    void start() {
        thread.start();
    }

    private void run() {
        Map<String, Object> config = Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (goOn) {
                consumer.poll(POLL).forEach(this::take);
                received = size;
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (size == partitions.length) {
            int more = size * 2;
            partitions = Arrays.copyOf(partitions, more);
            offsets = Arrays.copyOf(offsets, more);
            appended = Arrays.copyOf(appended, more);
            arrived = Arrays.copyOf(arrived, more);
            hashes = Arrays.copyOf(hashes, more);
        }
        partitions[size] = record.partition();
        offsets[size] = record.offset();
        appended[size] = record.timestamp();
        arrived[size] = clock.millis();
        hashes[size] = record.value() == null ? 0 : Xxh64.of(record.value());
        size++;
    }

    /** How many records have come so far. */
    long received() {
        return received;
    }

    /** Why it does not read any more. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Hands over all that came, in its order; to be called once this is closed. */
    void forEach(Visitor visitor) {
        for (int i = 0; i < size; i++) {
            visitor.received(partitions[i], offsets[i], appended[i], arrived[i], hashes[i]);
        }
    }

    @Override
    public void close() {
        goOn = false;
        Threads.awaitEnd(thread);
    }
}
