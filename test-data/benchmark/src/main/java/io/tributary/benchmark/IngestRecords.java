package io.tributary.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Records of events in JSON, of one size and of content that hardly compresses. Every 20th repeats one that came before in
 * its data center.
 */
final class IngestRecords {

    private static final int REPEATED_ONE_IN = 20;

    /** A repeated record is this many records and one behind its first copy. */
    private static final int REPEATED_AFTER = 1_000;

    private final int bytes;
    private final int perDataCenter;
    private final Instant start;

    /** @param start time of the first event; each further one happens a millisecond later */
    IngestRecords(int bytes, int perDataCenter, Instant start) {
        this.bytes = bytes;
        this.perDataCenter = perDataCenter;
        this.start = start;
    }

    /**
     * What a way has to deliver.
     *
     * @param rows that it shows
     * @param events different ones
     * @param sum of the numbers of the rows' events
     */
    record Content(long rows, long events, long sum) {}

    /** Of all data centers, with repeated records or without. */
    Content content(int dataCenters, boolean withRepeated) {
        long events = 0;
        long sum = 0;
        for (int i = 0; i < perDataCenter; i++) {
            boolean isFirst = numberOf(i) == i;
            events += isFirst ? 1 : 0;
            sum += isFirst || withRepeated ? numberOf(i) : 0;
        }
        long rows = withRepeated ? perDataCenter : events;
        return new Content(dataCenters * rows, dataCenters * events, dataCenters * sum);
    }

    /**
     * Sends all records to a topic of each cluster.
     *
     * @param clusters name to {@code host:port}
     * @param encoding of a record that is JSON
     */
    void send(Map<String, String> clusters, String topic, int partitions, Encoding encoding) {
        new TreeMap<>(clusters).forEach((name, servers) -> {
            Properties settings = new Properties();
            settings.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
            settings.setProperty(ProducerConfig.LINGER_MS_CONFIG, "20");
            settings.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(256 << 10));
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
                List<Future<?>> sent = new ArrayList<>();
                for (int i = 0; i < perDataCenter; i++) {
                    sent.add(producer.send(
                            new ProducerRecord<>(topic, i % partitions, null, encoding.of(record(name, numberOf(i))))));
                }
                for (Future<?> one : sent) {
                    one.get();
                }
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException("The records of the benchmark could not be sent", e);
            }
        });
    }

    /** How a record is written. */
    @FunctionalInterface
    interface Encoding {
        byte[] of(byte[] json);
    }

    private static int numberOf(int i) {
        boolean isRepeated = i > REPEATED_AFTER && i % REPEATED_ONE_IN == REPEATED_ONE_IN - 1;
        return isRepeated ? i - REPEATED_AFTER - 1 : i;
    }

    private byte[] record(String dataCenter, int number) {
        return record(dataCenter, number, start.plusMillis(number), bytes);
    }

    /** One event of a data center; each number is another event. */
    static byte[] record(String dataCenter, int number, Instant time, int bytes) {
        SplittableRandom random = new SplittableRandom(number);
        String head = "{\"event_id\":\"" + dataCenter + "-" + number + "-" + Long.toHexString(random.nextLong())
                + "\",\"event_time\":\"" + time + "\",\"event_type\":\""
                + List.of("order", "quote", "trade", "cancel").get(number % 4) + "\",\"number\":" + number
                + ",\"note\":\"";
        byte[] noise = new byte[Math.max(3, (bytes - head.length() - 2) / 4 * 3)];
        random.nextBytes(noise);
        return (head + Base64.getEncoder().encodeToString(noise) + "\"}").getBytes(StandardCharsets.US_ASCII);
    }
}
