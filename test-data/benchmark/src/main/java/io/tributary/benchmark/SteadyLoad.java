package io.tributary.benchmark;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends events to the data centers in turn, each event once and at its time: what is late is sent at once, so that a slow
 * moment does not thin the load.
 */
final class SteadyLoad implements AutoCloseable {

    private static final long NAP_NANOS = 5_000_000;

    private final List<DataCenterTopic> targets;
    private final int recordsASecond;
    private final int bytes;
    private final Map<String, KafkaProducer<byte[], byte[]>> producers = new TreeMap<>();
    private final List<Future<?>> acknowledged = new ArrayList<>();
    private final Thread thread = new Thread(this::send, "steady-load");
    private volatile boolean isOver;

    /** Where the events of a data center go. */
    record DataCenterTopic(String dataCenter, String bootstrapServers, String topic) {}

    /**
     * Sends from now on.
     *
     * @param recordsASecond of all data centers together
     * @param bytes of a record
     */
    SteadyLoad(List<DataCenterTopic> targets, int recordsASecond, int bytes) {
        this.targets = List.copyOf(targets);
        this.recordsASecond = recordsASecond;
        this.bytes = bytes;
        for (DataCenterTopic target : targets) {
            producers.computeIfAbsent(target.bootstrapServers(), SteadyLoad::producer);
        }
        thread.start();
    }

    private static KafkaProducer<byte[], byte[]> producer(String servers) {
        Properties settings = new Properties();
        settings.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        settings.setProperty(ProducerConfig.LINGER_MS_CONFIG, "20");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void send() {
        long start = System.nanoTime();
        for (int number = 0; !isOver; number++) {
            long due = start + number * 1_000_000_000L / recordsASecond;
            while (System.nanoTime() < due && !isOver) {
                LockSupport.parkNanos(NAP_NANOS);
            }
            if (!isOver) {
                DataCenterTopic target = targets.get(number % targets.size());
                byte[] value = IngestRecords.record(target.dataCenter(), number, Instant.now(), bytes);
                acknowledged.add(
                        producers.get(target.bootstrapServers()).send(new ProducerRecord<>(target.topic(), value)));
            }
        }
    }

    /**
     * Sends nothing more, and returns how many events Kafka has.
     *
     * @throws IllegalStateException if one of them could not be sent
     */
    int stop() {
        isOver = true;
        try {
            thread.join();
            producers.values().forEach(KafkaProducer::flush);
            for (Future<?> one : acknowledged) {
                one.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The records of the benchmark could not be sent", e);
        }
        return acknowledged.size();
    }

    @Override
    public void close() {
        isOver = true;
        producers.values().forEach(KafkaProducer::close);
    }
}
