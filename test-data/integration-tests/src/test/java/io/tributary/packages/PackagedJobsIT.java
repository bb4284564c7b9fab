package io.tributary.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.lab.glue.GlueLab;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.s3.S3Lab;
import io.tributary.lab.s3.S3LabSpec;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.metrics.Metric;
import io.tributary.offsets.RangeStats;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.HadoopSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The deployed jars with the arguments of the deployed template, word for word, on a class path where Glue's libraries
 * and an AWS SDK that is not ours come first, against real Kafka and S3.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackagedJobsIT {

    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final int EVENTS = 50;
    private static final String IDS = "visitor-";

    /** What a batch or a merge may log, the start of its job included; with Spark's lines from INFO it is 108,000. */
    private static final long MAX_LOG_BYTES_OF_A_BATCH = 20_000;

    private static final String SECRETS = "tributary/dev/";
    private static final String GRANTS = "*=arn:aws:secretsmanager:eu-central-1:111122223333:secret:" + SECRETS + "*";

    private final List<AutoCloseable> started = new ArrayList<>();
    private Path dir;
    private SynthesizedStage stage;
    private KafkaLab kafka;
    private S3Lab s3;
    private AwsServices aws;
    private GlueLab catalog;
    private GlueMachine glue;
    private Configuration hadoop;

    @BeforeAll
    void startKafkaAndS3(@TempDir Path place) throws Exception {
        dir = place;
        stage = SynthesizedStage.make("dev", dir);
        ProjectRoot root = ProjectRoot.find();
        URI lake = URI.create(stage.arguments("ingest").get("--lake"));
        s3 = S3Lab.start(root, S3LabSpec.of(dir.resolve("s3")).withBucket(lake.getHost()));
        started.add(s3);
        kafka = KafkaLab.start(root, KafkaLabSpec.of(dir.resolve("kafka"), List.of("fra", "nyc")));
        started.add(kafka);
        String secret = "{\"client\":\"tributary-it\"}";
        aws = new AwsServices(Map.of(SECRETS + "fra", secret, SECRETS + "nyc", secret));
        started.add(aws);
        catalog = GlueLab.start(0);
        started.add(catalog);
        SortedMap<String, String> properties = new TreeMap<>(aws.properties());
        properties.putAll(catalog.endpoint().properties());
        glue = new GlueMachine(root, dir, s3.endpoint(), properties);
        hadoop = HadoopSettings.ofProcess();
        s3.endpoint().hadoopSettings().forEach(hadoop::set);
        deploy();
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable one : started) {
            one.close();
        }
    }

    @Test
    void theyIngestMergeAndBalance() throws Exception {
        for (String dataCenter : kafka.bootstrapServers().keySet()) {
            send(dataCenter);
        }
        SortedMap<String, String> arguments = stage.arguments("ingest");
        arguments.put("--secrets", GRANTS);
        // The brokers here listen without.
        arguments.put("--kafka-tls", "optional");
        CommitLog staging = new CommitLog(arguments.get("--lake") + "/events_staging", hadoop);
        try (ChildProcess ingest = glue.start("ingest", GluePackage.of("glue-jobs"), arguments)) {
            await(ingest, () -> total(staging).read() == 2 * EVENTS);
            await(ingest, () -> aws.metrics().contains(Metric.FRESHNESS.title()));
        }
        // Every event went to both clusters.
        assertThat(total(staging).staged()).isEqualTo(EVENTS);
        assertThat(total(staging).duplicate()).isEqualTo(EVENTS);
        assertThat(Files.readString(dir.resolve("ingest.log")))
                .contains("bookkeeping: begins ingest of GlueContext with {", "JOB_RUN_ID=jr_1");

        requireQuiet("ingest", staging.newestVersion() + 1);

        runToItsEnd("merge", "compaction-job");
        requireQuiet("merge", 1);
        CommitLog merged = new CommitLog(arguments.get("--lake") + "/events_merged", hadoop);
        assertThat(merged.newest(MergeMetadata.class, merged.newestVersion())
                        .orElseThrow()
                        .total())
                .isEqualTo(new MergeMetadata.Merged(EVENTS, 0, EVENTS));
        for (String name : List.of("events_merged", "events_staging", "events_quarantine", "events_per_minute")) {
            assertThat(catalog.table("tributary_dev", name).path("TableType").asText())
                    .isEqualTo("EXTERNAL_TABLE");
        }
        assertThat(catalog.table("tributary_dev", "events").path("TableType").asText())
                .isEqualTo("VIRTUAL_VIEW");
        String page = statusPage(arguments.get("--lake"));
        // The stream said that it ends, so the page calls it down at once.
        assertThat(page.lines().filter(line -> line.contains("<h1 id=\"sentence\">")))
                .singleElement()
                .asString()
                .contains("The streaming job does not run");
        assertThat(page.contains("\"counted_at\":\"")).isTrue();
        assertThat(page.endsWith("</html>\n")).isTrue();
        runToItsEnd("audit", "operations");

        assertThat(aws.metrics())
                .contains(
                        Metric.RECORDS_READ.title(),
                        Metric.LAG.title(),
                        Metric.MERGE.title(),
                        Metric.MERGED_FILES.title(),
                        Metric.AUDIT_FINDINGS.title())
                .isSubsetOf(Stream.of(Metric.values()).map(Metric::title).toList());
    }

    @Test
    void theStreamLogsInToMskByIam() throws Exception {
        runToItsEnd("login", "glue-jobs", new TreeMap<>(Map.of("--class", IamLogin.class.getName())));

        String message = Files.readAllLines(dir.resolve("login.log")).stream()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow();
        JsonNode signed = new ObjectMapper().readTree(message);
        assertThat(signed.path("action").asText()).isEqualTo("kafka-cluster:Connect");
        assertThat(signed.path("x-amz-credential").asText())
                .matches("lab-key/\\d{8}/eu-central-1/kafka-cluster/aws4_request");
        assertThat(signed.path("x-amz-signature").asText()).matches("[0-9a-f]{64}");
    }

    /** No log holds an id of an event or the configuration of a client, nor grows with what others say. */
    private void requireQuiet(String job, long batches) throws IOException {
        Path log = dir.resolve(job + ".log");
        assertThat(Files.readString(log))
                .contains("INFO")
                .doesNotContain(IDS, "bootstrap.servers = ", "ConsumerConfig values");
        assertThat(Files.size(log)).isLessThan(batches * MAX_LOG_BYTES_OF_A_BATCH);
    }

    private String statusPage(String lake) throws IOException {
        org.apache.hadoop.fs.Path page = new org.apache.hadoop.fs.Path(lake + "/_status/status.html");
        try (InputStream in = page.getFileSystem(hadoop).open(page)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void runToItsEnd(String job, String module) {
        runToItsEnd(job, module, stage.arguments(job));
    }

    private void runToItsEnd(String job, String module, SortedMap<String, String> arguments) {
        try (ChildProcess process = glue.start(job, GluePackage.of(module), arguments)) {
            if (!process.awaitEnd(WITHIN) || process.exitCode().getAsInt() != 0) {
                throw process.failure("did not end well");
            }
        }
    }

    /** What a deployment puts into the buckets: the pipeline configuration as the template names it, the data centers. */
    private void deploy() throws Exception {
        SortedMap<String, String> arguments = stage.arguments("ingest");
        URI config = URI.create(arguments.get("--config"));
        URI dataCenters = URI.create(arguments.get("--data-centers"));
        try (S3Client client = S3Client.builder()
                .endpointOverride(s3.endpoint().uri())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("lab-key", "lab-secret")))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            for (URI bucket : List.of(config, dataCenters, URI.create(arguments.get("--checkpoint")))) {
                client.createBucket(request -> request.bucket(bucket.getHost()));
            }
            client.putObject(
                    request -> request.bucket(config.getHost())
                            .key(config.getPath().substring(1)),
                    RequestBody.fromFile(stage.asset(arguments.get("--config"))));
        }
        new HadoopFiles(hadoop).write(arguments.get("--data-centers"), dataCentersFile());
    }

    private String dataCentersFile() {
        return kafka.bootstrapServers().entrySet().stream()
                .map(cluster -> "  - {name: " + cluster.getKey() + ", bootstrap_servers: \"" + cluster.getValue()
                        + "\", topics: [" + KafkaLabSpec.TOPIC + "], kafka: {ssl.key.password: \"${secret:" + SECRETS
                        + cluster.getKey() + "#client}\"}}\n")
                .collect(Collectors.joining("", "data_centers:\n", ""));
    }

    private void send(String dataCenter) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers().get(dataCenter), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<?>> acknowledged = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                String event = "{\"event_id\":\"" + IDS + i + "\",\"event_time\":\"" + Instant.now() + "\"}";
                acknowledged.add(producer.send(
                        new ProducerRecord<>(KafkaLabSpec.TOPIC, event.getBytes(StandardCharsets.UTF_8))));
            }
            for (Future<?> future : acknowledged) {
                future.get();
            }
        }
    }

    private static RangeStats total(CommitLog staging) {
        return staging.after(-1).stream()
                .flatMap(commit -> commit.metadata().stream())
                .map(metadata -> ((BatchMetadata) metadata).total())
                .reduce(RangeStats.EMPTY, RangeStats::plus);
    }

    private static void await(ChildProcess process, BooleanSupplier condition) {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw process.failure("did not do what it was started for");
            }
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        }
    }
}
