package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The streaming job as a process of its own, which logs in to a real broker that asks for a password. */
class SecretsIT {

    private static final String FIRST = "MARKERSECRET1 \"quoted\" \\ back ${env:HOME} 'x'; y=\"z";
    private static final String RENEWED = "MARKERSECRET2\\\"";
    private static final String CONFIG = "{dedup: {state_partitions: 1}, trigger: {interval: 500ms}}";
    private static final Duration SOON = Duration.ofMinutes(3);

    @TempDir
    Path dir;

    private KafkaLab kafka;
    private ChildProcess job;

    @BeforeEach
    void start() {
        kafka = KafkaLab.start(
                ProjectRoot.find(),
                KafkaLabSpec.of(dir.resolve("brokers"), List.of("fra")).withLogins());
    }

    @AfterEach
    void end() {
        if (job != null) {
            job.close();
        }
        kafka.close();
    }

    @Test
    void anyPasswordLogsInARenewedOneTooAndNeitherIsWrittenAnywhere() throws Exception {
        setPassword(FIRST);
        Files.writeString(dir.resolve("pipeline.yaml"), CONFIG);
        Files.writeString(dir.resolve("data-centers.yaml"), """
                data_centers:
                  - name: fra
                    bootstrap_servers: "%s"
                    topics: [events]
                    kafka:
                      security.protocol: SASL_PLAINTEXT
                      sasl.mechanism: SCRAM-SHA-256
                      sasl.jaas.config: org.apache.kafka.common.security.scram.ScramLoginModule required
                        username="tributary" password="${file:%s}";
                """.formatted(
                        kafka.serversWithLogin().get("fra"), dir.resolve("password")));
        send("a");
        job = startJob();
        awaitStaged(1);

        setPassword(RENEWED);
        send("b");
        awaitStaged(2);
        job.terminate();
        assertThat(job.awaitEnd(SOON)).isTrue();

        assertThat(dir.resolve("events"))
                .as("Spark's event log, with the plans")
                .isNotEmptyDirectory();
        for (String place : List.of("job.log", "lake", "checkpoint", "events")) {
            assertThat(filesThatHold("MARKERSECRET", dir.resolve(place)))
                    .as(place)
                    .isEmpty();
        }
    }

    private void setPassword(String password) throws Exception {
        Map<String, Object> client =
                Map.of("bootstrap.servers", kafka.bootstrapServers().get("fra"));
        try (Admin admin = Admin.create(client)) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            "tributary", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096), password)))
                    .all()
                    .get();
        }
        Files.writeString(dir.resolve("password"), password + "\n");
    }

    private void send(String id) throws Exception {
        Map<String, Object> client =
                Map.of("bootstrap.servers", kafka.bootstrapServers().get("fra"), "acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(
                            "events", "{\"event_id\":\"%s\",\"event_time\":\"%s\"}".formatted(id, Instant.now())))
                    .get();
        }
    }

    private ChildProcess startJob() throws IOException {
        Files.createDirectories(dir.resolve("events"));
        List<String> command = new ArrayList<>(List.of(ChildProcess.java()));
        command.addAll(Files.readAllLines(ProjectRoot.find().dir().resolve("scripts/jvm-options")).stream()
                .filter(line -> !line.isBlank())
                .toList());
        command.addAll(List.of(
                "-Xmx700m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dspark.eventLog.enabled=true",
                "-Dspark.eventLog.dir=" + dir.resolve("events").toUri(),
                "-cp",
                System.getProperty("java.class.path"),
                IngestJob.class.getName(),
                "--config",
                dir.resolve("pipeline.yaml").toUri().toString(),
                "--data-centers",
                dir.resolve("data-centers.yaml").toUri().toString(),
                "--lake",
                dir.resolve("lake").toUri().toString(),
                "--checkpoint",
                dir.resolve("checkpoint").toUri().toString()));
        return ChildProcess.startLogged("ingest", command, dir.resolve("job.log"));
    }

    /** Waits until so many events are staged; the sum of all metadata says it. */
    private void awaitStaged(long events) {
        Lake lake = Lake.of(Optional.of(dir.resolve("lake").toUri().toString()), PipelineConfig.parse(CONFIG, "test"));
        long deadline = System.nanoTime() + SOON.toNanos();
        while (staged(lake) < events) {
            assertThat(job.isAlive()).as("the job: " + job.logTail()).isTrue();
            assertThat(System.nanoTime())
                    .as("the time for it: " + job.logTail())
                    .isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private long staged(Lake lake) {
        if (!Files.exists(dir.resolve("lake/events_staging/_delta_log/00000000000000000000.json"))) {
            return 0;
        }
        return new CommitLog(lake.staging(), new Configuration())
                .after(-1).stream()
                        .flatMap(commit -> commit.metadata().stream())
                        .mapToLong(
                                metadata -> ((BatchMetadata) metadata).total().staged())
                        .sum();
    }

    private static List<Path> filesThatHold(String marker, Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(marker, file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(String marker, Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(marker);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
