package io.tributary.lab.fuzz;

import io.tributary.lab.fuzz.HostileRecord.Codec;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producers of one cluster: one for each codec, and those of transactions. */
final class HostileProducers implements AutoCloseable {

    private static final int MAX_REQUEST = 8 << 20;

    private final String servers;
    private final Map<Codec, KafkaProducer<byte[], byte[]>> plain = new EnumMap<>(Codec.class);

    HostileProducers(String servers) {
        this.servers = servers;
        for (Codec codec : Codec.values()) {
            plain.put(codec, new KafkaProducer<>(config(codec), new ByteArraySerializer(), new ByteArraySerializer()));
        }
    }

    /** Lets {@code topic} take whatever a producer stamps, and records of megabytes. */
    void prepare(String topic) {
        // A jump of timestamps would begin a new segment each time.
        Map<String, String> settings = Map.of(
                "message.timestamp.type", "CreateTime",
                "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE),
                "max.message.bytes", Integer.toString(MAX_REQUEST),
                "segment.ms", Long.toString(Long.MAX_VALUE));
        Collection<AlterConfigOp> changes = settings.entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), changes))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The topic " + topic + " cannot be set up for hostile records", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the topic " + topic + " was set up", e);
        }
    }

    KafkaProducer<byte[], byte[]> plain(Codec codec) {
        return plain.get(codec);
    }

    /** A producer that has begun nothing yet; it fences the one before it of the same {@code id}. */
    KafkaProducer<byte[], byte[]> transactional(String id, Codec codec) {
        Map<String, Object> config = config(codec);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private Map<String, Object> config(Codec codec) {
        Map<String, Object> config = new TreeMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, codec.option());
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        return config;
    }

    void flush() {
        plain.values().forEach(KafkaProducer::flush);
    }

    @Override
    public void close() {
        List.copyOf(plain.values()).forEach(producer -> producer.close(Duration.ofSeconds(2)));
    }
}
