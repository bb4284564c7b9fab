package io.tributary.operations.datacenter.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import io.tributary.config.PipelineConfig;
import io.tributary.config.Secrets;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a check says of a real broker, and of one that is not there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterCheckIT {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String LOGIN = "{security.protocol: SASL_PLAINTEXT, sasl.mechanism: SCRAM-SHA-256,"
            + " sasl.jaas.config: 'org.apache.kafka.common.security.scram.ScramLoginModule required"
            + " username=\"tributary\" password=\"${env:%s}\";'}";

    private static final Secrets SECRETS =
            new Secrets(name -> Optional.of(name.toLowerCase(Locale.ROOT)), path -> "", name -> "");

    private KafkaLab kafka;
    private String servers;

    @BeforeAll
    void start(@TempDir Path dir) throws Exception {
        kafka = KafkaLab.start(
                ProjectRoot.find(), KafkaLabSpec.of(dir, List.of("fra", "nyc")).withLogins());
        servers = kafka.bootstrapServers().get("fra");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            "tributary", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096), "right")))
                    .all()
                    .get();
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 300; i++) {
                String good = "{\"event_id\": \"%d\", \"event_time\": \"%s\", \"amount\": %s}"
                        .formatted(i, Instant.now(Clock.systemUTC()), i % 10 == 0 ? "\"much\"" : "1");
                producer.send(new ProducerRecord<>("events", i % 2, null, i % 20 == 7 ? "no JSON" : good))
                        .get();
            }
        }
    }

    @AfterAll
    void end() {
        kafka.close();
    }

    @Test
    void aGoodClusterIsDescribedAndASampleDecoded() {
        List<CheckResult> results = check("bootstrap_servers: '" + servers + "', topics: [events]");

        assertThat(lines(results))
                .anyMatch(line -> line.startsWith("OK broker " + servers + " takes connections, after"))
                .anyMatch(line -> line.equals("OK login none asked for, over PLAINTEXT"))
                .anyMatch(line -> line.startsWith("OK cluster its id is "))
                .anyMatch(line -> line.equals("OK topic events has 2 partitions"))
                .anyMatch(line -> line.startsWith("OK retention the oldest record is ")
                        && line.contains("Kafka keeps it for ever"))
                .anyMatch(line ->
                        line.startsWith("OK backlog 300 records wait from start earliest; less than 1 records/s arrive")
                                && line.contains("caught up in 0 s"))
                .anyMatch(line -> line.startsWith(
                        "WARN records 10 of the 200 newest records would be refused (5.0 %): 10 not_json; the"
                                + " newest is "))
                .anyMatch(line -> line.matches("WARN records first not_json: events-1 offset \\d+: .*"))
                .anyMatch(line -> line.startsWith("WARN columns 20 values of 20 records (10.0 %) do not fit"));
        assertThat(results).noneMatch(CheckResult::isFailure);
    }

    @Test
    void aSampleOfManyRecordsIsFromAllOverAndOfFewIsAll() {
        TopicPartition even = new TopicPartition("events", 0);
        TopicPartition odd = new TopicPartition("events", 1);
        Map<TopicPartition, Long> from = Map.of(even, 10L, odd, 0L);
        Map<TopicPartition, Long> until = Map.of(even, 150L, odd, 100L);
        try (SampleReader reader = SampleReader.open(center(), PipelineConfig.defaults(), SECRETS, DEADLINE)) {
            assertThat(reader.spread(from, until, 240)).hasSize(240);

            List<Long> offsets = reader.spread(from, until, 60).stream()
                    .filter(record -> record.partition() == 0)
                    .map(ConsumerRecord::offset)
                    .toList();
            assertThat(offsets).doesNotHaveDuplicates().hasSizeBetween(20, 40).contains(10L);
            assertThat(offsets.get(offsets.size() - 1)).isBetween(140L, 149L);
        }
    }

    @Test
    void theHoursOfADateAreCountedByTheBrokers() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        long held = Stream.of(today.minusDays(1), today)
                .map(date -> hours(center(), date))
                .flatMap(hours -> hours.values().stream())
                .mapToLong(Long::longValue)
                .sum();

        assertThat(held).isEqualTo(300);
        assertThat(hours(center(), today)).hasSize(24);
        assertThat(hours(
                        DataCenters.parse(
                                        "data_centers: [{name: fra, bootstrap_servers: '" + servers
                                                + "', topics: [evnts]}]",
                                        "dc.yaml")
                                .all()
                                .get(0),
                        today))
                .as("a topic that is not there")
                .isEmpty();
    }

    private static SortedMap<Instant, Long> hours(DataCenter center, LocalDate date) {
        try {
            return KafkaHours.of(center, SECRETS, DEADLINE, date);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private DataCenter center() {
        return DataCenters.parse(
                        "data_centers: [{name: fra, bootstrap_servers: '" + servers + "', topics: [events]}]",
                        "dc.yaml")
                .all()
                .get(0);
    }

    @Test
    void aWrongPortIsToldAtOnce() throws IOException {
        int port = freePort();
        List<CheckResult> results = check("bootstrap_servers: '127.0.0.1:" + port + "', topics: [events]");

        assertThat(lines(results))
                .anyMatch(
                        line -> line.startsWith("FAIL broker 127.0.0.1:" + port + ": nothing listens on port " + port))
                .anyMatch(line -> line.startsWith("UNKNOWN cluster nothing else can be asked"));
        assertThat(results).first().satisfies(result -> assertThat(result.remedy())
                .startsWith("correct the port"));
    }

    @Test
    void serversOfTwoClustersAreTold() {
        String other = kafka.bootstrapServers().get("nyc");
        List<String> two = lines(check("bootstrap_servers: '" + servers + "," + other + "', topics: [events]"));

        assertThat(two)
                .filteredOn(line -> line.startsWith("FAIL"))
                .singleElement()
                .asString()
                .startsWith("FAIL cluster the servers belong to 2 clusters: ")
                .contains(servers + " to ", other + " to ");
        assertThat(lines(check("bootstrap_servers: '" + servers + "," + servers.replace("127.0.0.1", "localhost")
                        + "', topics: [events]")))
                .as("one broker by two names")
                .noneMatch(line -> line.startsWith("FAIL"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return taken.getLocalPort();
        }
    }

    @Test
    void aBrokerThatIsSilentTakesNoLongerThanTheDeadline() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            long begun = System.nanoTime();
            List<CheckResult> results =
                    check("bootstrap_servers: '127.0.0.1:" + silent.getLocalPort() + "', topics: [events]");

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(DEADLINE.plusSeconds(5));
            assertThat(lines(results))
                    .anyMatch(line -> line.startsWith("FAIL login the brokers take connections and do not answer"));
        }
    }

    @Test
    void anAbsentTopicIsToldWithTheNearest() {
        List<CheckResult> results = check("bootstrap_servers: '" + servers + "', topics: [evnts]");

        assertThat(lines(results))
                .anyMatch(line -> line.startsWith("FAIL topic evnts is not there") && line.contains("mean events?"));
    }

    @Test
    void aLoginIsTried() {
        String login = kafka.serversWithLogin().get("fra");

        assertThat(lines(check(
                        "bootstrap_servers: '" + login + "', topics: [events], kafka: " + LOGIN.formatted("WRONG"))))
                .anyMatch(line -> line.startsWith("FAIL login refused: SaslAuthenticationException"));
        assertThat(lines(check(
                        "bootstrap_servers: '" + login + "', topics: [events], kafka: " + LOGIN.formatted("RIGHT"))))
                .anyMatch(line -> line.equals("OK login accepted, by SCRAM-SHA-256 over SASL_PLAINTEXT"))
                .noneMatch(line -> line.startsWith("FAIL"));
        assertThat(lines(check("bootstrap_servers: '" + login + "', topics: [events]")))
                .as("no login where one is wanted")
                .anyMatch(line -> line.startsWith("FAIL login"));
    }

    private static List<CheckResult> check(String entry) {
        PipelineConfig config =
                PipelineConfig.parse("columns: [{name: amount, type: double, from: /amount}]", "pipeline.yaml");
        return new ClusterCheck(SECRETS, config, Clock.systemUTC(), DEADLINE, List.of())
                .results(
                        DataCenters.parse("data_centers: [{name: fra, " + entry + "}]", "dc.yaml")
                                .all()
                                .get(0),
                        200,
                        10_000);
    }

    private static List<String> lines(List<CheckResult> results) {
        return results.stream()
                .map(result -> result.level() + " " + result.about() + " " + result.words())
                .collect(Collectors.toList());
    }
}
