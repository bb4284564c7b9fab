package io.tributary.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lab.fixtures.SourceFixtures;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of a real broker that take next to no space while they are compressed. */
class PollBudgetIT {

    private static final int MEGABYTE = 1 << 20;
    private static final ReadLimits LIMITS =
            new ReadLimits(Duration.ofMinutes(2), Duration.ofSeconds(30), 64 * MEGABYTE, false);

    @Test
    void aPollHoldsFewMegabytesHoweverFarTheRecordsUnfold(@TempDir Path dir) {
        KafkaLabSpec spec = new KafkaLabSpec(dir, List.of("fra"), KafkaLabSpec.TOPIC, 3, Duration.ofSeconds(60));
        try (KafkaLab kafka = KafkaLab.start(ProjectRoot.find(), spec)) {
            String servers = kafka.bootstrapServers().get("fra");
            send(servers, 0, 900, MEGABYTE);
            send(servers, 1, 1, 10);
            send(servers, 1, 1, PollBudget.MAX_RECORD_BYTES + 1);
            send(servers, 1, 1, 10);
            sendInHeaders(servers, 2, 50, MEGABYTE);
            ConsumerOptions options = new ConsumerOptions(
                    "fra",
                    Map.of("bootstrap.servers", servers, "auto.offset.reset", "none", "enable.auto.commit", "false"));
            try (RangeConsumer consumer = RangeConsumer.open(options)) {
                assertThat(read(consumer, 0, 900)).hasSize(900).allMatch(one -> one.error() == null);
                assertThat(read(consumer, 1, 3))
                        .extracting(RecordFetcher.Fetched::error)
                        .containsExactly(null, "the value has more than 32 MiB", null);
                assertThat(read(consumer, 2, 50)).hasSize(50).allMatch(one -> one.error() == null);
            }
        }
    }

    /** Reads as the batches of a stream do, one after the other. */
    private static List<RecordFetcher.Fetched> read(RangeConsumer consumer, int partition, int records) {
        List<RecordFetcher.Fetched> all = new ArrayList<>();
        long position = 0;
        while (position < records) {
            RangeProgress range = new RangeProgress(
                    RangeReadTask.of(SourceFixtures.range(partition, position, records), RangeReadTask.UNKNOWN_EPOCH));
            RecordFetcher fetcher = new RecordFetcher(consumer, List.of(range), LIMITS, record -> {}, System::nanoTime);
            for (List<RecordFetcher.Fetched> some = fetcher.fetch(); !some.isEmpty(); some = fetcher.fetch()) {
                assertThat(some.stream()
                                .filter(one -> one.record() != null)
                                .mapToLong(PollBudgetIT::bytes)
                                .sum())
                        .isLessThanOrEqualTo(PollBudget.MAX_POLL_BYTES);
                some.forEach(one -> all.add(new RecordFetcher.Fetched(one.range(), one.offset(), null, one.error())));
            }
            assertThat(range.error()).isNull();
            assertThat(range.position()).isGreaterThan(position);
            position = range.position();
        }
        return all;
    }

    private static long bytes(RecordFetcher.Fetched one) {
        long bytes = one.record().value().length;
        for (Header header : one.record().headers()) {
            bytes += header.value().length;
        }
        return bytes;
    }

    private static void send(String servers, int partition, int records, int size) {
        send(servers, records, () -> new ProducerRecord<>("events", partition, null, spaces(size)));
    }

    private static void sendInHeaders(String servers, int partition, int records, int size) {
        send(servers, records, () -> {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("events", partition, null, spaces(10));
            record.headers().add("much", spaces(size));
            return record;
        });
    }

    private static byte[] spaces(int size) {
        byte[] spaces = new byte[size];
        Arrays.fill(spaces, (byte) ' ');
        return spaces;
    }

    private static void send(String servers, int records, Supplier<ProducerRecord<byte[], byte[]>> record) {
        Map<String, Object> client = Map.of(
                "bootstrap.servers",
                servers,
                "compression.type",
                "zstd",
                "linger.ms",
                "1000",
                "batch.size",
                "500000",
                "buffer.memory",
                Long.toString(64L * MEGABYTE),
                "max.request.size",
                Integer.toString(40 * MEGABYTE));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                var unused = producer.send(record.get());
            }
        }
    }
}
