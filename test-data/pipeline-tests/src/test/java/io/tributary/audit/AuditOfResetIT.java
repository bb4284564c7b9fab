package io.tributary.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.audit.kafka.KafkaAuditTool;
import io.tributary.compaction.MergeJob;
import io.tributary.config.PipelineConfig;
import io.tributary.config.Secrets;
import io.tributary.ingest.IngestJob;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What both audits say of a topic that was deleted and recreated on a real broker, before and after it is accepted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditOfResetIT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse(
            "{dedup: {window: 10m, clock_skew: 5s, state_partitions: 2}, trigger: {interval: 200ms}}", "test");

    private LocalRuntime runtime;
    private KafkaLab kafka;
    private Path dir;
    private int topics;
    private String topic;
    private Path lakeDir;
    private Path dataCenters;
    private String firstId;
    private String secondId;
    private String clusterId;

    @BeforeAll
    void startSparkAndKafka(@TempDir Path temporary) {
        dir = temporary;
        runtime = LocalRuntime.open("audit-of-reset-it", 2);
        kafka = KafkaLab.start(ProjectRoot.find(), KafkaLabSpec.of(dir.resolve("brokers"), List.of("fra")));
    }

    @AfterAll
    void stopSparkAndKafka() {
        kafka.close();
        runtime.close();
    }

    /** Of 7 records of the first topic 5 are read; the second holds 4, of which nothing is read yet. */
    @BeforeEach
    void aTopicIsRecreatedBeforeAllOfItIsRead() throws Exception {
        topic = "reset" + topics++;
        lakeDir = dir.resolve("lake-" + topic);
        dataCenters = dir.resolve("data-centers-" + topic + ".yaml");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
            clusterId = admin.describeCluster().clusterId().get();
            firstId = create(admin);
            accept("");
            send("old", 5);
            ingest();
            send("unread", 2);
            admin.deleteTopics(List.of(topic)).all().get();
            secondId = create(admin);
            send("new", 4);
        }
        ingest();
    }

    @Test
    void aResetThatIsAcceptedIsBalancedAndItsLossIsTold() throws Exception {
        accept(", accept_reset: [" + topic + " as " + clusterId + "/" + secondId + "/1]");
        ingest();
        ingest();
        new MergeJob(runtime, CONFIG, lake()).run();

        Answer logs = audit();
        assertThat(logs.code()).as(logs.text()).isZero();
        assertThat(logs.text())
                .contains("reads topic fra/" + topic + " from its start as " + clusterId + "/" + secondId
                        + "/1, which an operator accepted")
                .contains("Before it was " + clusterId + "/" + firstId
                        + ", read up to these offsets of its partitions: {0=5}; what that topic held beyond them was"
                        + " not read");
        assertThat(runtime.spark()
                        .read()
                        .format("delta")
                        .load(lake().merged())
                        .where("event_date IS NOT NULL")
                        .count())
                .isEqualTo(9);
        assertThat(findingsInTheData()).isEmpty();
        assertThat(againstKafka().code()).isZero();
    }

    @Test
    void aResetThatIsNotAcceptedIsAFindingAgainstKafka() {
        Answer brokers = againstKafka();

        assertThat(brokers.code()).as(brokers.text()).isEqualTo(3);
        assertThat(brokers.text())
                .contains("topic fra/" + topic + " was recreated")
                .contains("accept_reset: [" + topic + " as " + clusterId + "/" + secondId + "/1]");
        assertThat(audit().code()).as("nothing of the new topic is read").isZero();
    }

    @Test
    void readingOnAmidANewTopicIsAFindingOfTheLogsAlone() throws Exception {
        accept(", accept_reset: [" + topic + " as " + clusterId + "/" + secondId + "/1]");
        ingest();
        forget("/" + secondId + "/1", "/" + secondId);

        Answer logs = audit();
        assertThat(logs.code()).as(logs.text()).isEqualTo(3);
        assertThat(logs.text()).contains("fra/" + topic + ": a topic was read on though it was another one");
    }

    private record Answer(int code, String text) {}

    private Answer audit() {
        return answer(out -> new AuditTool(new Configuration(), out).exitCode("--lake", lakeDir.toString()));
    }

    /** What the deep audit finds besides, in this test's own Spark, which the tool would end. */
    private List<Finding> findingsInTheData() {
        try (LakeLogs logs = new LakeLogs(lake(), new Configuration())) {
            return new DataAudit(runtime.spark(), lake(), CONFIG.dedup())
                    .compare(logs, logs.audit())
                    .findings();
        }
    }

    private Answer againstKafka() {
        return answer(out -> new KafkaAuditTool(new Configuration(), Secrets.ofThisProcess(name -> ""), out)
                .exitCode("--lake", lakeDir.toString(), "--data-centers", dataCenters.toString()));
    }

    private static Answer answer(ToIntFunction<PrintStream> audit) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int code = audit.applyAsInt(new PrintStream(text, true, StandardCharsets.UTF_8));
        return new Answer(code, text.toString(StandardCharsets.UTF_8));
    }

    /** Changes the commit metadata of every commit of staging, as if nobody had accepted anything. */
    private void forget(String identity, String changed) throws IOException {
        Path log = lakeDir.resolve("events_staging").resolve("_delta_log");
        try (Stream<Path> files = Files.list(log)) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(".crc")) {
                    Files.delete(file);
                }
            }
        }
        try (Stream<Path> files = Files.list(log)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".json")).toList()) {
                Files.writeString(file, Files.readString(file).replace(identity, changed));
            }
        }
    }

    private void ingest() throws Exception {
        StreamingQuery query = new IngestJob(
                        runtime, CONFIG, dataCenters.toUri().toString(), lake(), lake().defaultCheckpoint())
                .start();
        try {
            query.processAllAvailable();
        } finally {
            query.stop();
        }
    }

    private void accept(String more) throws IOException {
        Files.writeString(
                dataCenters,
                "data_centers:\n  - {name: fra, bootstrap_servers: \"" + servers() + "\", topics: [" + topic + "]"
                        + more + "}\n");
    }

    private String create(Admin admin) throws Exception {
        return admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                .topicId(topic)
                .get()
                .toString();
    }

    private void send(String prefix, int count) throws Exception {
        IntFunction<String> event =
                number -> "{\"event_id\":\"" + prefix + number + "\",\"event_time\":\"" + Instant.now() + "\"}";
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                byte[] value = event.apply(number).getBytes(StandardCharsets.UTF_8);
                sent.add(producer.send(new ProducerRecord<>(topic, value)));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    private String servers() {
        return kafka.bootstrapServers().get("fra");
    }

    private Lake lake() {
        return Lake.of(Optional.of(lakeDir.toString()), CONFIG);
    }
}
