package io.tributary.lab.load;

import static io.tributary.lab.load.Loads.load;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.truth.Coordinates;
import io.tributary.lab.truth.SentCounts;
import io.tributary.lab.truth.SentRecord;
import io.tributary.lab.truth.SentRecord.Kind;
import io.tributary.lab.truth.TruthFiles;
import io.tributary.lab.truth.TruthWriter;
import io.tributary.lab.truth.Xxh64;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadGeneratorIT {

    @TempDir
    private Path dir;

    @Test
    void theTruthTellsWhatKafkaHolds() {
        LoadSpec spec = load().dataCenters("dc1", "dc2").shares(0.3, 0.1, 0.1).spec();
        TruthFiles files = new TruthFiles(dir.resolve("truth"));
        try (KafkaLab kafka = KafkaLab.start(ProjectRoot.find(), KafkaLabSpec.of(dir, spec.dataCenters()))) {
            Map<String, SentCounts> counts;
            try (TruthWriter truth = files.open(1);
                    Sender sender = new Sender(kafka.bootstrapServers(), "events", truth)) {
                new LoadGenerator(spec, IdentityScope.GLOBAL, sender, Clock.systemUTC(), Pace.withoutWaiting())
                        .run(() -> true);
                counts = sender.counts();
            }
            List<SentRecord> truth = new ArrayList<>();
            files.forEach(truth::add);
            assertThat(truth).hasSize((int) spec.records());
            assertThat(counts.values().stream().reduce(SentCounts.EMPTY, SentCounts::plus))
                    .isEqualTo(counted(truth));
            assertThat(kinds(truth)).isEqualTo(firstsAreEvents(truth));

            Map<Coordinates, byte[]> held = new HashMap<>();
            kafka.bootstrapServers().forEach((name, servers) -> held.putAll(read(name, servers)));
            assertThat(held).hasSize(truth.size());
            assertThat(truth).allSatisfy(sent -> {
                assertThat(held).containsKey(sent.coordinates());
                sent.event().ifPresent(event -> assertThat(Xxh64.of(held.get(sent.coordinates())))
                        .isEqualTo(event.payloadHash()));
            });
        }
    }

    private static SentCounts counted(List<SentRecord> truth) {
        SentCounts counts = SentCounts.EMPTY;
        for (SentRecord sent : truth) {
            counts = counts.plusOne(sent.kind());
        }
        return counts;
    }

    private static Map<Kind, Long> kinds(List<SentRecord> truth) {
        Map<Kind, Long> kinds = new HashMap<>();
        truth.forEach(sent -> kinds.merge(sent.kind(), 1L, Long::sum));
        return kinds;
    }

    private static Map<Kind, Long> firstsAreEvents(List<SentRecord> truth) {
        Set<String> seen = new HashSet<>();
        Map<Kind, Long> kinds = new HashMap<>();
        for (SentRecord sent : truth) {
            Kind kind = sent.event()
                    .map(event -> seen.add(event.identity().id()) ? Kind.EVENT : Kind.DUPLICATE)
                    .orElse(Kind.MALFORMED);
            kinds.merge(kind, 1L, Long::sum);
        }
        return kinds;
    }

    private static Map<Coordinates, byte[]> read(String dataCenter, String servers) {
        Map<Coordinates, byte[]> records = new HashMap<>();
        String topicId = TopicIds.of(servers, "events");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition("events", 0), new TopicPartition("events", 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long count = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (records.size() < count) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(20))) {
                    records.put(
                            new Coordinates(dataCenter, record.topic(), topicId, record.partition(), record.offset()),
                            record.value());
                }
            }
        }
        return records;
    }
}
