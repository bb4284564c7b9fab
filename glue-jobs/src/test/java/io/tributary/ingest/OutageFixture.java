package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two data centers with a broker each, {@code fra} and {@code nyc}; the query may not fail of what happens to nyc. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OutageFixture {

    private static final String CONFIG = """
            dedup: {window: 1h, clock_skew: 5s, state_partitions: 2}
            event_time: {max_ahead: 5s}
            trigger: {interval: 1s}
            """;
    private static final Duration SOON = Duration.ofMinutes(2);

    /** What the good data center may wait for one event, on a busy machine. */
    static final Duration FRESH = Duration.ofSeconds(15);

    @TempDir
    Path dir;

    LocalRuntime runtime;
    Path brokers;
    private KafkaLab fra;
    KafkaLab nyc;
    final Map<String, KafkaProducer<byte[], byte[]>> producers = new TreeMap<>();
    String topic;
    private int topics;
    Lake lake;
    private StreamingQuery query;
    private final Map<String, Long> ends = new TreeMap<>();

    @BeforeAll
    void startSparkAndKafka(@TempDir Path folder) {
        brokers = folder;
        runtime = LocalRuntime.open("operator-runs-it", 2);
        fra = startCluster("fra");
        nyc = startCluster("nyc");
    }

    @AfterAll
    void stopSparkAndKafka() {
        producers.values().forEach(producer -> producer.close(Duration.ZERO));
        fra.close();
        nyc.close();
        runtime.close();
    }

    @BeforeEach
    void freshLakeAndTopic() throws Exception {
        topic = "t" + topics++;
        ends.clear();
        for (KafkaLab lab : List.of(fra, nyc)) {
            try (Admin admin = admin(lab)) {
                admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)
                                .configs(Map.of("max.message.bytes", Integer.toString(4 << 20)))))
                        .all()
                        .get();
            }
        }
        lake = Lake.of(Optional.of(dir.resolve("lake-" + topic).toUri().toString()), config());
    }

    @AfterEach
    void stop() throws Exception {
        if (query != null) {
            query.stop();
            query = null;
        }
        setQuota(Optional.empty());
    }

    void start(String options) throws Exception {
        Path file = dir.resolve("data-centers-" + topic + ".yaml");
        Files.writeString(file, """
                data_centers:
                  - {name: fra, bootstrap_servers: "%s", topics: [%s]}
                  - {name: nyc, bootstrap_servers: "%s", topics: [%s], kafka: %s}
                """.formatted(
                fra.bootstrapServers().get("fra"), topic, nyc.bootstrapServers().get("nyc"), topic, options));
        query = new IngestJob(runtime, config(), file.toUri().toString(), lake, lake.defaultCheckpoint()).start();
        send("fra", List.of("first"));
        eventually(() -> isRead("fra"));
    }

    /** Until {@code condition} holds, sends one event after the other through fra; returns the longest that one took. */
    Duration longestWaitOfTheOther(BooleanSupplier condition) throws Exception {
        Duration longest = Duration.ZERO;
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("the time within which it was to happen")
                    .isLessThan(deadline);
            long began = System.nanoTime();
            send("fra", List.of("good-" + ends.get("fra")));
            eventually(() -> isRead("fra"));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            longest = took.compareTo(longest) > 0 ? took : longest;
        }
        return longest;
    }

    private void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(query.exception().isEmpty()).as("the query goes on").isTrue();
            assertThat(System.nanoTime())
                    .as("the time within which it was to happen")
                    .isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    void send(String dataCenter, List<String> ids) throws ExecutionException, InterruptedException {
        send(dataCenter, ids, "");
    }

    /** In one batch, if it holds them. */
    void send(String dataCenter, List<String> ids, String filling) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> all = new ArrayList<>();
        for (String id : ids) {
            all.add(producers.get(dataCenter).send(new ProducerRecord<>(topic, 0, null, event(id, filling))));
        }
        producers.get(dataCenter).flush();
        for (Future<RecordMetadata> one : all) {
            ends.put(dataCenter, one.get().offset() + 1);
        }
    }

    static byte[] event(String id, String filling) {
        return ("{\"event_id\":\"" + id + "\",\"event_time\":\"" + Instant.now() + "\",\"filling\":\"" + filling
                        + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    boolean isRead(String dataCenter) {
        return positionOf(dataCenter) >= ends.getOrDefault(dataCenter, 0L);
    }

    long positionOf(String dataCenter) {
        List<BatchMetadata> commits = commits();
        TopicPartitionId partition = new TopicPartitionId(dataCenter, topic, 0);
        if (commits.isEmpty()
                || !commits.get(commits.size() - 1)
                        .readProgress()
                        .pendingOf(partition)
                        .isEmpty()) {
            return 0;
        }
        return commits.get(commits.size() - 1).positions().of(partition).orElse(0L);
    }

    List<BatchMetadata> commits() {
        return new CommitLog(lake.staging(), runtime.spark().sessionState().newHadoopConf())
                .after(-1).stream()
                        .flatMap(commit -> commit.metadata().stream())
                        .map(BatchMetadata.class::cast)
                        .toList();
    }

    List<Row> staged(String dataCenter) throws Exception {
        query.stop();
        return runtime.spark()
                .read()
                .format("delta")
                .load(lake.staging())
                .where(Columns.KAFKA_CLUSTER + " = '" + dataCenter + "'")
                .select(Columns.EVENT_ID, Columns.KAFKA_TIMESTAMP)
                .collectAsList();
    }

    List<Row> rows(String table, String first, String... others) {
        return runtime.spark()
                .read()
                .format("delta")
                .load(table)
                .select(first, others)
                .collectAsList();
    }

    /** How many bytes a second the brokers of nyc give to all consumers together. */
    void setQuota(Optional<Double> bytesPerSecond) throws Exception {
        Map<String, String> everyClient = new TreeMap<>();
        everyClient.put(ClientQuotaEntity.CLIENT_ID, null);
        ClientQuotaAlteration quota = new ClientQuotaAlteration(
                new ClientQuotaEntity(everyClient),
                List.of(new ClientQuotaAlteration.Op("consumer_byte_rate", bytesPerSecond.orElse(null))));
        try (Admin admin = admin(nyc)) {
            admin.alterClientQuotas(List.of(quota)).all().get();
        }
    }

    KafkaLab startCluster(String name) {
        KafkaLab lab = KafkaLab.start(
                ProjectRoot.find(),
                new KafkaLabSpec(brokers.resolve(name), List.of(name), KafkaLabSpec.TOPIC, 1, Duration.ofMinutes(2)));
        producers.computeIfAbsent(
                name,
                ignored -> new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                lab.bootstrapServers().get(name),
                                "acks",
                                "all",
                                "linger.ms",
                                100,
                                "max.request.size",
                                4 << 20),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()));
        return lab;
    }

    private static Admin admin(KafkaLab lab) {
        return Admin.create(Map.of(
                "bootstrap.servers", String.join(",", lab.bootstrapServers().values())));
    }

    private static PipelineConfig config() {
        return PipelineConfig.parse(CONFIG, "test");
    }
}
