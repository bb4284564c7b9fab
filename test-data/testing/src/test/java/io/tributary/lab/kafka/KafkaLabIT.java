package io.tributary.lab.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.lab.process.ProjectRoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaLabIT {

    private static final TopicPartition PARTITION = new TopicPartition("events", 1);

    @TempDir
    private Path dir;

    @Test
    void clustersServeAndKeepAddressAndRecordsAcrossRestarts() throws Exception {
        KafkaLabSpec spec = KafkaLabSpec.of(dir, List.of("dc1", "dc2"));
        Map<String, String> servers;
        try (KafkaLab kafka = KafkaLab.start(ProjectRoot.find(), spec)) {
            servers = kafka.bootstrapServers();
            assertThat(servers).containsOnlyKeys("dc1", "dc2");
            assertThat(produce(servers.get("dc1"), "first").offset()).isZero();
            assertThat(produce(servers.get("dc2"), "other").offset()).isZero();
        }
        try (KafkaLab kafka = KafkaLab.start(ProjectRoot.find(), spec)) {
            assertThat(kafka.bootstrapServers()).isEqualTo(servers);
            assertThat(produce(servers.get("dc1"), "second").offset()).isEqualTo(1);
            assertThat(consume(servers.get("dc1"), 2))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("first", "second");
            assertThat(consume(servers.get("dc2"), 1))
                    .extracting(ConsumerRecord::timestampType)
                    .containsExactly(TimestampType.LOG_APPEND_TIME);
        }
    }

    @Test
    void aProcessThatCannotStartSaysWhy() {
        KafkaLabSpec spec = new KafkaLabSpec(dir, List.of("dc1"), "not a topic", 2, Duration.ofSeconds(60));
        assertThatThrownBy(() -> KafkaLab.start(ProjectRoot.find(), spec))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The process kafka dc1 ended before its clusters were ready (exit code 2)")
                .hasMessageContaining("'not a topic' is not a topic");
    }

    @Test
    void aStoppedProcessIsGone() {
        KafkaLab kafka = KafkaLab.start(ProjectRoot.find(), KafkaLabSpec.of(dir, List.of("dc1")));
        long pid = kafka.process().pid();
        kafka.close();
        assertThat(kafka.process().isAlive()).isFalse();
        assertThat(ProcessHandle.of(pid)).isNotPresent();
    }

    private static RecordMetadata produce(String servers, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "acks", "all"), new StringSerializer(), new StringSerializer())) {
            return producer.send(new ProducerRecord<>(PARTITION.topic(), PARTITION.partition(), null, value))
                    .get();
        }
    }

    private static List<ConsumerRecord<String, String>> consume(String servers, int count) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(Set.of(PARTITION));
            consumer.seekToBeginning(Set.of(PARTITION));
            ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(20));
            assertThat(records.count()).isEqualTo(count);
            return records.records(PARTITION);
        }
    }
}
