package io.tributary.lab.load;

import io.tributary.lab.truth.Coordinates;
import io.tributary.lab.truth.SentCounts;
import io.tributary.lab.truth.SentRecord;
import io.tributary.lab.truth.TruthWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends to the topic of one data center, or keeps what it is to send while that topic is replaced. */
final class TopicSender implements AutoCloseable {

    private static final String DELIVERY_TIMEOUT_MILLIS = Integer.toString(30 * 60 * 1_000);

    private final String dataCenter;
    private final String servers;
    private final String topic;
    private final TruthWriter truth;
    private final Consumer<Exception> failed;
    private final AtomicReference<SentCounts> counts = new AtomicReference<>(SentCounts.EMPTY);
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private KafkaProducer<byte[], byte[]> producer;
    private String topicId;
    private boolean isHeld;

    /** @param failed is told what could not be sent or not be written down */
    TopicSender(String dataCenter, String servers, String topic, TruthWriter truth, Consumer<Exception> failed) {
        this.dataCenter = dataCenter;
        this.servers = servers;
        this.topic = topic;
        this.truth = truth;
        this.failed = failed;
        open();
    }

    private record Waiting(Optional<byte[]> value, Optional<Instant> stamped, Function<Coordinates, SentRecord> ofIt) {}

    private void open() {
        topicId = TopicIds.of(servers, topic);
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
        producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** @param ofIt makes the truth of the record once Kafka has said where it lies; null if there is nothing to tell */
    void send(Optional<byte[]> value, Function<Coordinates, SentRecord> ofIt) {
        send(value, Optional.empty(), ofIt);
    }

    /** @param stamped the record's timestamp; absent: when it is sent */
    synchronized void send(Optional<byte[]> value, Optional<Instant> stamped, Function<Coordinates, SentRecord> ofIt) {
        if (isHeld) {
            waiting.add(new Waiting(value, stamped, ofIt));
            return;
        }
        String id = topicId;
        // The callback sees every outcome, so the future has nothing to add.
        Long millis = stamped.map(Instant::toEpochMilli).orElse(null);
        var unused =
                producer.send(new ProducerRecord<>(topic, null, millis, null, value.orElse(null)), (metadata, e) -> {
                    if (e == null) {
                        acknowledged(metadata, id, ofIt);
                    } else {
                        failed.accept(e);
                    }
                });
    }

    /** Of it nothing is written down. */
    void sendUntold(byte[] value) {
        send(Optional.of(value), at -> null);
    }

    private void acknowledged(RecordMetadata metadata, String id, Function<Coordinates, SentRecord> ofIt) {
        SentRecord sent =
                ofIt.apply(new Coordinates(dataCenter, metadata.topic(), id, metadata.partition(), metadata.offset()));
        if (sent == null) {
            return;
        }
        try {
            truth.append(sent);
        } catch (RuntimeException e) {
            failed.accept(e);
        }
        counts.updateAndGet(count -> count.plusOne(sent.kind()));
    }

    /** Returns when everything sent is acknowledged; what is to be sent from now on waits for {@link #release}. */
    synchronized void hold() {
        isHeld = true;
        producer.flush();
        truth.flush();
    }

    /** Sends what waits to the topic that is there now. */
    synchronized void release() {
        producer.close();
        open();
        isHeld = false;
        waiting.forEach(record -> send(record.value(), record.stamped(), record.ofIt()));
        waiting.clear();
    }

    /** What is to be sent from now on waits for {@link #resume}; what was sent is on its way. */
    synchronized void silence() {
        isHeld = true;
    }

    /** Sends what waits to the same topic, at once. */
    synchronized void resume() {
        isHeld = false;
        waiting.forEach(record -> send(record.value(), record.stamped(), record.ofIt()));
        waiting.clear();
    }

    SentCounts counts() {
        return counts.get();
    }

    synchronized void flush() {
        producer.flush();
    }

    @Override
    public synchronized void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
