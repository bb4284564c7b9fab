package io.tributary.lab.load;

import io.tributary.lab.truth.Coordinates;
import io.tributary.lab.truth.SentCounts;
import io.tributary.lab.truth.SentRecord;
import io.tributary.lab.truth.SentRecord.Kind;
import io.tributary.lab.truth.SentRecord.SentEvent;
import io.tributary.lab.truth.TruthWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends through one producer per data center, each record exactly once and however long a cluster is away, and writes
 * down what Kafka has acknowledged.
 */
public final class Sender implements AutoCloseable {

    private static final String DELIVERY_TIMEOUT_MILLIS = Integer.toString(30 * 60 * 1_000);

    private final String topic;
    private final TruthWriter truth;
    private final Map<String, KafkaProducer<byte[], byte[]>> producers = new LinkedHashMap<>();
    private final Map<String, AtomicReference<SentCounts>> counts = new LinkedHashMap<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** Sends to {@code topic} of each data center's bootstrap servers. */
    public Sender(Map<String, String> bootstrapServers, String topic, TruthWriter truth) {
        this.topic = topic;
        this.truth = truth;
        bootstrapServers.forEach((dataCenter, servers) -> {
            producers.put(dataCenter, producer(servers));
            counts.put(dataCenter, new AtomicReference<>(SentCounts.EMPTY));
        });
    }

    private static KafkaProducer<byte[], byte[]> producer(String servers) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 200);
        config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends {@code event}'s value; {@code kind} tells whether it is the first of its identity. */
    public void sendEvent(String dataCenter, Kind kind, byte[] value, SentEvent event) {
        send(dataCenter, Optional.of(value), at -> SentRecord.event(kind, at, event));
    }

    /** Sends what must be quarantined; without a value, a record whose value is null. */
    public void sendMalformed(String dataCenter, Optional<byte[]> value) {
        send(dataCenter, value, SentRecord::malformed);
    }

    /** Makes the truth of a record once Kafka has said where it lies. */
    private interface Truth {
        SentRecord at(Coordinates coordinates);
    }

    private void send(String dataCenter, Optional<byte[]> value, Truth ofIt) {
        throwIfFailed();
        // The callback sees every outcome, so the future has nothing to add.
        var unused = producers.get(dataCenter).send(new ProducerRecord<>(topic, value.orElse(null)), (metadata, e) -> {
            if (e == null) {
                acknowledged(dataCenter, metadata, ofIt);
            } else {
                failure.compareAndSet(null, e);
            }
        });
    }

    private void acknowledged(String dataCenter, RecordMetadata metadata, Truth ofIt) {
        Coordinates at = new Coordinates(dataCenter, metadata.topic(), metadata.partition(), metadata.offset());
        SentRecord sent = ofIt.at(at);
        try {
            truth.append(sent);
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
        counts.get(dataCenter).updateAndGet(count -> count.plusOne(sent.kind()));
    }

    private void throwIfFailed() {
        Exception e = failure.get();
        if (e != null) {
            throw new IllegalStateException(
                    "A record could not be sent to " + topic + " or not be written down, so the truth is not known", e);
        }
    }

    /** What each data center has sent and Kafka has acknowledged. */
    public Map<String, SentCounts> counts() {
        Map<String, SentCounts> now = new LinkedHashMap<>();
        counts.forEach((dataCenter, count) -> now.put(dataCenter, count.get()));
        return now;
    }

    /** Waits until everything is acknowledged and written down. */
    public void flush() {
        producers.values().forEach(KafkaProducer::flush);
        truth.flush();
        throwIfFailed();
    }

    /** Ends the producers; what is not acknowledged by then is given up. */
    @Override
    public void close() {
        producers.values().forEach(producer -> producer.close(Duration.ofSeconds(2)));
        truth.flush();
    }
}
