package io.tributary.ingest;

import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;

/** Kafka clusters and a Spark for tests of the streaming job; each lake has a topic of its own. */
final class IngestLab implements AutoCloseable {

    private final LocalRuntime runtime;
    private final KafkaLab kafka;
    private final Map<String, KafkaProducer<byte[], byte[]>> producers = new LinkedHashMap<>();
    private final Path dir;
    private int lakes;

    IngestLab(Path dir, List<String> dataCenters) {
        this.dir = dir;
        this.runtime = LocalRuntime.open("ingest-lab", 2);
        this.kafka = KafkaLab.start(ProjectRoot.find(), KafkaLabSpec.of(dir.resolve("brokers"), dataCenters));
        kafka.bootstrapServers()
                .forEach((name, servers) -> producers.put(
                        name,
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", servers, "acks", "all"),
                                new ByteArraySerializer(),
                                new ByteArraySerializer())));
    }

    LocalRuntime runtime() {
        return runtime;
    }

    @Override
    public void close() {
        producers.values().forEach(KafkaProducer::close);
        kafka.close();
        runtime.close();
    }

    /** A lake that nobody has written to, fed by a topic of two partitions in each data center. */
    TestLake newLake(String config) throws Exception {
        String topic = "lake" + lakes++;
        for (String servers : kafka.bootstrapServers().values()) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1)))
                        .all()
                        .get();
            }
        }
        return new TestLake(topic, config);
    }

    static String event(String id, Object time) {
        return "{\"event_id\":\"" + id + "\",\"event_time\":\"" + time + "\"}";
    }

    /** One lake, its topic, and the jobs that feed it. */
    final class TestLake {

        private final String topic;
        private final String root;
        private PipelineConfig config;

        private TestLake(String topic, String config) {
            this.topic = topic;
            this.root = dir.resolve(topic).toUri().toString();
            configure(config);
        }

        void configure(String yaml) {
            config = PipelineConfig.parse(yaml, "test");
        }

        PipelineConfig config() {
            return config;
        }

        Lake lake() {
            return Lake.of(Optional.of(root), config);
        }

        /** A data-centers file that names these. */
        String dataCenters(String... names) throws IOException {
            Path file = dir.resolve("of-" + topic + "-" + String.join("-", names) + ".yaml");
            Files.writeString(
                    file,
                    "data_centers:\n"
                            + Stream.of(names)
                                    .map(name -> "  - {name: " + name + ", bootstrap_servers: \""
                                            + kafka.bootstrapServers().get(name) + "\", topics: [" + topic + "]}\n")
                                    .collect(Collectors.joining()));
            return file.toUri().toString();
        }

        IngestJob job(String dataCenters) {
            return job(runtime, dataCenters, lake().defaultCheckpoint());
        }

        IngestJob job(JobRuntime on, String dataCenters, String checkpoints) {
            return new IngestJob(on, config, dataCenters, lake(), checkpoints);
        }

        /** Runs the job until it has read all that there is. */
        void run(String... names) throws Exception {
            StreamingQuery query = job(dataCenters(names)).start();
            try {
                query.processAllAvailable();
            } finally {
                query.stop();
            }
        }

        void send(String dataCenter, int partition, String value) throws Exception {
            producers
                    .get(dataCenter)
                    .send(new ProducerRecord<>(topic, partition, null, null, value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }

        Dataset<Row> staged() {
            return runtime.spark().read().format("delta").load(lake().staging());
        }

        Dataset<Row> quarantined() {
            return runtime.spark().read().format("delta").load(lake().quarantine());
        }

        List<String> ids() {
            return ids(staged());
        }

        List<String> onTime() {
            return ids(staged().where(Columns.ON_TIME));
        }

        private static List<String> ids(Dataset<Row> rows) {
            return rows.select(Columns.EVENT_ID).collectAsList().stream()
                    .map(row -> row.getString(0))
                    .sorted()
                    .toList();
        }

        /** The metadata of all batches that the log still has, oldest first. */
        List<BatchMetadata> commits() {
            CommitLog log = new CommitLog(
                    lake().staging(), runtime.spark().sessionState().newHadoopConf());
            long oldest = log.newestVersion();
            while (oldest > 0 && log.commit(oldest - 1).isPresent()) {
                oldest--;
            }
            return log.after(oldest - 1).stream()
                    .flatMap(commit -> commit.metadata().stream())
                    .map(BatchMetadata.class::cast)
                    .toList();
        }

        BatchMetadata newest() {
            List<BatchMetadata> commits = commits();
            return commits.get(commits.size() - 1);
        }

        /** The folder of the newest batch's checkpoint. */
        Path checkpoint() {
            return Path.of(URI.create(lake().defaultCheckpoint())).resolve(newest().checkpoint());
        }

        /** As if the driver had been killed between its commit to the lake and Spark's note of the batch. */
        void forgetSparksLastCommit() throws IOException {
            Path noted = checkpoint().resolve("commits").resolve(Long.toString(newest().batch()));
            Files.delete(noted);
            Files.deleteIfExists(noted.resolveSibling("." + noted.getFileName() + ".crc"));
        }

        void deleteCheckpoints() throws IOException {
            try (Stream<Path> files = Files.walk(Path.of(URI.create(lake().defaultCheckpoint())))) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
