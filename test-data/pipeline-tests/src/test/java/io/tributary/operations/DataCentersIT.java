package io.tributary.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.compaction.MergeJob;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.IngestJob;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of data centers by the command line, from the first check to the certificate, with real brokers and jobs. */
class DataCentersIT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse(
            "{dedup: {state_partitions: 1}, trigger: {interval: 500ms, metadata_timeout: 1s}}", "test");

    @TempDir
    Path dir;

    private final OperatorTool tool = new OperatorTool();
    private Path file;
    private Lake lake;

    @Test
    void dataCentersComeAndAreExplainedAndDrainedAndGo() throws Exception {
        file = Files.writeString(dir.resolve("data-centers.yaml"), "# ours\ndata_centers: []\n");
        lake = Lake.of(Optional.of(dir.resolve("lake").toUri().toString()), CONFIG);
        KafkaLabSpec spec = KafkaLabSpec.of(dir.resolve("brokers"), List.of("fra", "nyc"));
        try (KafkaLab kafka = KafkaLab.start(ProjectRoot.find(), spec)) {
            String fra = kafka.bootstrapServers().get("fra");
            String nyc = kafka.bootstrapServers().get("nyc");
            send(fra, "f", 20);
            send(nyc, "n", 20);

            assertThat(dc("add", "fra", "--brokers", fra, "--topics", "events", "--yes"))
                    .as(said())
                    .isZero();
            assertThat(dc("add", "nyc", "--brokers", nyc, "--topics", "events", "--yes"))
                    .isZero();
            assertThat(dc("add", "par", "--brokers", nyc, "--topics", "evnts", "--yes"))
                    .as("a topic that is not there")
                    .isEqualTo(2);
            assertThat(said()).contains("did you mean events?", "par is not added");
            String nobody = "127.0.0.1:" + freePort();
            assertThat(dc("add", "lon", "--brokers", nobody, "--topics", "events", "--yes"))
                    .as("a wrong port")
                    .isEqualTo(2);
            assertThat(dc("add", "lon", "--brokers", nobody, "--topics", "events", "--yes", "--force"))
                    .isZero();
            assertThat(Files.readString(file)).startsWith("# ours\ndata_centers:\n  - name: fra\n");

            stream();
            assertThat(ofLake("explain", "fra")).as(said()).isZero();
            assertThat(ofLake("explain", "lon")).isEqualTo(3);
            assertThat(said()).contains("lon does not answer: " + nobody + ": nothing listens on port");

            assertThat(ofLake("drain", "fra", "--because", "closed", "--timeout", "1s"))
                    .as("nothing is merged yet")
                    .isEqualTo(3);
            assertThat(said()).contains("its staged rows are not merged");
            merge();
            Path certificate = dir.resolve("fra.json");
            assertThat(ofLake("drain", "fra", "--because", "closed", "--json", certificate.toString()))
                    .as(said())
                    .isZero();
            assertThat(said())
                    .contains(
                            "read 20 = staged 20 + duplicate 0 + quarantined 0",
                            "staged 20 = merged 20 + duplicates 0 + not merged 0",
                            "balance 0",
                            "first event 2026-01-01T00:00:00Z, last event 2026-01-01T00:00:19Z");
            assertThat(certificate).content().contains("\"sha256\"");

            send(fra, "late", 1);
            assertThat(dc("remove", "fra", "--because", "closed", "--yes")).isEqualTo(2);
            assertThat(said()).contains("1 records came after those that its drain of ");
            assertThat(dc("remove", "nyc", "--because", "closed", "--yes")).isEqualTo(2);
            assertThat(said()).contains("no drain of it is recorded");

            stream();
            merge();
            assertThat(ofLake("drain", "fra", "--because", "closed")).as(said()).isZero();
            assertThat(dc("remove", "fra", "--because", "closed", "--yes"))
                    .as(said())
                    .isZero();
            assertThat(dc("remove", "lon", "--because", "a mistake", "--yes", "--force"))
                    .isZero();
            assertThat(dc("list")).isZero();
            assertThat(said()).contains("nyc").doesNotContain("fra", "lon");
            assertThat(dc("check")).as(said()).isZero();
            assertThat(Files.readAllLines(dir.resolve("data-centers.yaml.history.jsonl")))
                    .as("three added, two drains, two removed")
                    .hasSize(7);
        }
    }

    private int ofLake(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--lake", lake.root()));
        return dc(all.toArray(String[]::new));
    }

    private int dc(String... arguments) {
        List<String> all = new ArrayList<>(List.of("dc"));
        all.addAll(List.of(arguments));
        return tool.run(List.of("--data-centers", file.toString()), all.toArray(String[]::new));
    }

    private String said() {
        return tool.said();
    }

    private void stream() throws Exception {
        try (LocalRuntime runtime = LocalRuntime.open("data-centers-it", 2)) {
            StreamingQuery query =
                    new IngestJob(runtime, CONFIG, file.toUri().toString(), lake, lake.defaultCheckpoint()).start();
            try {
                query.processAllAvailable();
            } finally {
                query.stop();
            }
        }
    }

    private void merge() {
        try (LocalRuntime runtime = LocalRuntime.open("data-centers-it", 2)) {
            new MergeJob(runtime, CONFIG, lake).run();
        }
    }

    private static void send(String servers, String prefix, int count) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(
                                "events",
                                i % 2,
                                null,
                                "{\"event_id\":\"%s%d\",\"event_time\":\"%s\"}"
                                        .formatted(
                                                prefix,
                                                i,
                                                Instant.parse("2026-01-01T00:00:00Z")
                                                        .plusSeconds(i))))
                        .get();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return taken.getLocalPort();
        }
    }
}
