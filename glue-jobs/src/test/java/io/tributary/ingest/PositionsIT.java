package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.read.ConsumerPool;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Everything that Kafka can do to the meaning of offsets, with real brokers: nothing is skipped without a word. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PositionsIT {

    private static final String CONFIG = """
            dedup: {window: 10m, clock_skew: 5s, state_partitions: 2}
            event_time: {max_ahead: 5s}
            trigger: {interval: 200ms, metadata_timeout: 2s}
            """;

    @TempDir
    Path dir;

    private LocalRuntime runtime;
    private KafkaLab kafka;
    private final Map<String, KafkaProducer<byte[], byte[]>> producers = new HashMap<>();
    private String topic;
    private int topics;
    private Lake lake;
    private Path dataCenters;

    @BeforeAll
    void startSparkAndKafka(@TempDir Path brokers) {
        runtime = LocalRuntime.open("positions-it", 2);
        kafka = KafkaLab.start(ProjectRoot.find(), KafkaLabSpec.of(brokers, List.of("fra", "nyc")));
        kafka.bootstrapServers().forEach((name, servers) -> producers.put(name, producer(servers, Map.of())));
    }

    @AfterAll
    void stopSparkAndKafka() {
        producers.values().forEach(KafkaProducer::close);
        kafka.close();
        runtime.close();
    }

    @BeforeEach
    void freshLakeAndTopic() throws Exception {
        topic = "t" + topics++;
        makeTopic("fra", topic);
        makeTopic("nyc", topic);
        lake = Lake.of(Optional.of(dir.resolve("lake-" + topic).toUri().toString()), config());
        dataCenters = dir.resolve("data-centers-" + topic + ".yaml");
        writeEntries(entry("fra", "fra", topic, ""));
    }

    @Test
    void aTopicMadeAnewIsNotReadUntilThatIsAcceptedAndThenWholeAndOnce() throws Exception {
        send("fra", ids("old", 100));
        send("fra", "no event");
        run();
        makeTopicAnew("fra");
        send("fra", ids("new", 150));
        send("fra", "no event either");

        run();
        run();

        assertThat(staged()).hasSize(100);
        assertThat(commits())
                .last()
                .extracting(metadata -> metadata.positions().offsets().values())
                .asString()
                .isEqualTo("[101]");

        TopicIdentity next = identity("fra").successor(told("fra"));
        writeEntries(entry("fra", "fra", topic, ", accept_reset: [" + topic + " as " + next + "]"));
        run();
        run();

        assertThat(staged()).hasSize(250).doesNotHaveDuplicates();
        assertThat(quarantined()).as("the refused record of each topic").hasSize(2);
        assertThat(identity("fra")).isEqualTo(next);
        assertThat(rows().select(Columns.KAFKA_TOPIC_ID).distinct().collectAsList())
                .hasSize(2);
    }

    @Test
    void anEntryWithBrokersOfTwoClustersYieldsRecordsOfOneAlone() throws Exception {
        writeEntries("  - {name: fra, bootstrap_servers: \""
                + String.join(",", kafka.bootstrapServers().values()) + "\", topics: [" + topic + "]}\n");
        // Each client that is opened finds one of the two by chance.
        for (int round = 0; round < 8; round++) {
            send("fra", ids("fra-" + round + "-", 5));
            send("nyc", ids("nyc-" + round + "-", 5));
            ConsumerPool.OF_PROCESS.clear();
            run();
        }

        assertThat(staged().stream().map(id -> id.substring(0, 3)).distinct())
                .as("the clusters whose records were read")
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void anotherTopicOfTheSameDataCenterGoesOnWhileOneStandsStill() throws Exception {
        String other = topic + "-beside";
        makeTopic("fra", other);
        writeEntries(entry("fra", "fra", topic + ", " + other, ""));
        send("fra", ids("old", 5));
        run();
        makeTopicAnew("fra");
        send("fra", ids("new", 9));
        sendTo("fra", other, ids("beside", 3));

        run();

        assertThat(staged()).hasSize(8).contains("beside0", "beside1", "beside2");
    }

    @Test
    void anotherClusterBehindTheSameEntryIsNotReadUntilThatIsAccepted() throws Exception {
        send("fra", ids("here", 10));
        run();
        send("nyc", ids("there", 15));
        writeEntries(entry("fra", "nyc", topic, ""));

        run();
        assertThat(staged()).hasSize(10);

        TopicIdentity next = identity("fra").successor(told("nyc"));
        writeEntries(entry("fra", "nyc", topic, ", accept_reset: [" + topic + " as " + next + "]"));
        run();
        run();

        assertThat(staged()).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void aTopicRecreatedAfterABatchWasPlannedIsNotReadForTheOldOne() throws Exception {
        writeEntries(entry("fra", "fra", topic, ", kafka: {metric.reporters: " + BeforeReadHook.class.getName() + "}"));
        send("fra", ids("read", 3));
        run();
        send("fra", ids("planned", 7));
        planOnly();
        makeTopicAnew("fra");
        send("fra", ids("new", 25));

        run();
        run();

        assertThat(staged()).containsExactlyInAnyOrder("read0", "read1", "read2");
        assertThat(commits())
                .last()
                .extracting(metadata -> metadata.readProgress().pending())
                .asString()
                .isEqualTo("[" + new OffsetRange(new TopicPartitionId("fra", topic, 0), 3, 10) + "]");

        TopicIdentity next = identity("fra").successor(told("fra"));
        writeEntries(entry("fra", "fra", topic, ", accept_reset: [" + topic + " as " + next + "]"));
        run();
        run();

        assertThat(staged()).hasSize(28).doesNotHaveDuplicates();
        assertThat(commits().stream().flatMap(metadata -> metadata.lost().stream()))
                .extracting(OffsetRange::from, OffsetRange::until)
                .containsExactly(tuple(3L, 10L));
    }

    @Test
    void ofSeveralTopicsThoseThatAreThereAreRead() throws Exception {
        writeEntries(entry("fra", "fra", topic + ", not-there", ""));
        send("fra", ids("a", 3));

        run();
        run();
        assertThat(staged()).hasSize(3);

        makeTopic("fra", "not-there");
        sendTo("fra", "not-there", ids("b", 2));
        run();
        run();
        assertThat(staged()).hasSize(5);
    }

    @Test
    void abortedAndOpenTransactionsAreNotReadAndCommittedOnesAre() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(
                kafka.bootstrapServers().get("fra"),
                Map.of("transactional.id", topic, "transaction.timeout.ms", "600000"))) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, topic, ids("again", 3));
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, topic, ids("again", 3));
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, topic, ids("open", 2));
            send("fra", ids("behind", 2));

            run();
            run();
            assertThat(staged()).containsExactlyInAnyOrder("again0", "again1", "again2");
            assertThat(rows().select(Columns.KAFKA_OFFSET).collectAsList())
                    .as("the committed copies, behind three aborted ones and a marker")
                    .extracting(row -> row.getLong(0))
                    .containsExactlyInAnyOrder(4L, 5L, 6L);

            producer.commitTransaction();
        }
        run();
        assertThat(staged()).hasSize(7);
    }

    @Test
    void whoAsksForItReadsWhatIsNotCommitted() throws Exception {
        writeEntries(entry("fra", "fra", topic, ", kafka: {isolation.level: read_uncommitted}"));
        try (KafkaProducer<byte[], byte[]> producer =
                producer(kafka.bootstrapServers().get("fra"), Map.of("transactional.id", topic))) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, topic, ids("aborted", 3));
            producer.abortTransaction();
        }

        run();
        run();

        assertThat(staged()).hasSize(3);
    }

    @Test
    void whatRetentionTakesBeforeTheFirstReadingIsNotedAndStopsNobody() throws Exception {
        run();
        send("fra", ids("a", 10));
        deleteBefore("fra", 4);

        run();
        run();

        assertThat(staged()).hasSize(6).doesNotContain("a0", "a3");
        assertThat(commits().stream().flatMap(metadata -> metadata.expired().stream()))
                .extracting(OffsetRange::from, OffsetRange::until)
                .containsExactly(tuple(0L, 4L));
        assertThat(commits()).allMatch(metadata -> metadata.lost().isEmpty());
    }

    @Test
    void whatRetentionTakesLaterStandsStillUntilItIsGivenUp() throws Exception {
        send("fra", ids("a", 3));
        run();
        send("fra", ids("b", 7));
        deleteBefore("fra", 5);

        run();
        assertThat(staged()).hasSize(3);

        writeEntries(entry("fra", "fra", topic, ", accept_gaps: [" + topic + "-0 offsets 3 to 4]"));
        run();
        run();
        assertThat(staged()).hasSize(8).doesNotContain("b0", "b1");
    }

    private static PipelineConfig config() {
        return PipelineConfig.parse(CONFIG, "test");
    }

    private void run() throws Exception {
        StreamingQuery query = new IngestJob(
                        runtime, config(), dataCenters.toUri().toString(), lake, lake.defaultCheckpoint())
                .start();
        try {
            query.processAllAvailable();
        } finally {
            query.stop();
        }
    }

    /** Stops the query when it has planned a batch and has not read it. */
    private void planOnly() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        BeforeReadHook.next(() -> {
            reading.countDown();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        StreamingQuery query = new IngestJob(
                        runtime, config(), dataCenters.toUri().toString(), lake, lake.defaultCheckpoint())
                .start();
        reading.await();
        query.stop();
        stopped.countDown();
    }

    private String entry(String name, String cluster, String topicNames, String more) {
        return "  - {name: " + name + ", bootstrap_servers: \""
                + kafka.bootstrapServers().get(cluster) + "\", topics: [" + topicNames + "]" + more + "}\n";
    }

    private void writeEntries(String... entries) throws IOException {
        Files.writeString(dataCenters, "data_centers:\n" + String.join("", entries));
    }

    private static KafkaProducer<byte[], byte[]> producer(String servers, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", servers);
        settings.put("acks", "all");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static String[] ids(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        number -> "{\"event_id\":\"" + prefix + number + "\",\"event_time\":\"" + Instant.now() + "\"}")
                .toArray(String[]::new);
    }

    private void send(String cluster, String... values) throws Exception {
        sendTo(cluster, topic, values);
    }

    private void sendTo(String cluster, String topicName, String... values) throws Exception {
        send(producers.get(cluster), topicName, values);
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topicName, String... values)
            throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        for (String value : values) {
            sent.add(producer.send(new ProducerRecord<>(topicName, value.getBytes(StandardCharsets.UTF_8))));
        }
        producer.flush();
        for (Future<?> one : sent) {
            one.get();
        }
    }

    private Admin admin(String cluster) {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers().get(cluster)));
    }

    private void makeTopic(String cluster, String name) throws Exception {
        try (Admin admin = admin(cluster)) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        }
    }

    /** A producer that knew the old topic would go on with its id for a while, so there is a new one. */
    private void makeTopicAnew(String cluster) throws Exception {
        try (Admin admin = admin(cluster)) {
            admin.deleteTopics(List.of(topic)).all().get();
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        producers
                .put(cluster, producer(kafka.bootstrapServers().get(cluster), Map.of()))
                .close();
    }

    private void deleteBefore(String cluster, long offset) throws Exception {
        try (Admin admin = admin(cluster)) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    private TopicIdentity told(String cluster) throws Exception {
        try (Admin admin = admin(cluster)) {
            return TopicIdentity.first(
                    admin.describeCluster().clusterId().get(),
                    admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get()
                            .get(topic)
                            .topicId()
                            .toString());
        }
    }

    private TopicIdentity identity(String dataCenter) {
        List<BatchMetadata> all = commits();
        return all.get(all.size() - 1).readProgress().identities().get(new TopicName(dataCenter, topic));
    }

    private Dataset<Row> rows() {
        return runtime.spark().read().format("delta").load(lake.staging());
    }

    private List<String> staged() {
        return rows().select(Columns.EVENT_ID).collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private List<Row> quarantined() {
        return runtime.spark().read().format("delta").load(lake.quarantine()).collectAsList();
    }

    private List<BatchMetadata> commits() {
        CommitLog log =
                new CommitLog(lake.staging(), runtime.spark().sessionState().newHadoopConf());
        return new ArrayList<>(log.after(-1).stream()
                .flatMap(commit -> commit.metadata().stream())
                .map(BatchMetadata.class::cast)
                .toList());
    }
}
