package io.tributary.ingest.discovery;

import static io.tributary.lab.fixtures.SourceFixtures.dataCenter;
import static io.tributary.lab.fixtures.SourceFixtures.partition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.Secrets;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The offset fetch against a real broker, whose port may answer in another protocol and whose log may be cut. */
class KafkaClusterIT {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String HTTP = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    /** The size that a client reads is 2 GB. */
    private static final String TOO_MUCH = "\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f";

    private static final TopicPartitionId FIRST = partition("events", 0);

    @TempDir
    Path dir;

    private KafkaLab kafka;

    @BeforeEach
    void start() {
        kafka = KafkaLab.start(ProjectRoot.find(), KafkaLabSpec.of(dir, List.of("fra")));
    }

    @AfterEach
    void end() {
        kafka.close();
    }

    @Test
    void aPortThatAnswersInAnotherProtocolIsNamedAndReadOnceKafkaAnswers() throws Exception {
        try (Port port = new Port(0, HTTP);
                KafkaCluster cluster = cluster("127.0.0.1:" + port.number())) {
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> cluster.reach(ReadProgress.EMPTY))
                        .hasMessage("127.0.0.1:" + port.number() + " answers in another protocol than Kafka's, with"
                                + " \"HTTP/1.1\"; something else listens there");
            }

            port.forwarded.set(Integer.MAX_VALUE);
            assertThat(cluster.reach(ReadProgress.EMPTY).partitions()).hasSize(2);
        }
    }

    @Test
    void aClientThatDiedOfAnAnswerInAnotherProtocolIsReplaced() throws Exception {
        try (Port port = new Port(1, TOO_MUCH);
                KafkaCluster cluster = cluster("127.0.0.1:" + port.number())) {
            // The probe reaches Kafka. The client's own connection does not, and its thread runs out of memory.
            assertThatThrownBy(() -> cluster.reach(ReadProgress.EMPTY)).isInstanceOf(Exception.class);

            port.forwarded.set(Integer.MAX_VALUE);
            assertThat(cluster.reach(ReadProgress.EMPTY).partitions()).hasSize(2);
        }
    }

    @Test
    void theOtherServersOfADataCenterAreUsed() throws Exception {
        try (Port port = new Port(0, HTTP);
                KafkaCluster cluster = cluster("127.0.0.1:" + port.number() + ","
                        + kafka.bootstrapServers().get("fra"))) {
            assertThat(cluster.reach(ReadProgress.EMPTY).partitions()).hasSize(2);
        }
    }

    @Test
    void itTellsForHowLongKafkaKeepsATopic() throws Exception {
        String servers = kafka.bootstrapServers().get("fra");
        setTopic(servers, Map.of("retention.ms", "3600000", "retention.bytes", "5000000"));
        assertThat(retention(servers))
                .isEqualTo(new TopicRetention(Optional.of(Duration.ofHours(1)), OptionalLong.of(5_000_000)));

        setTopic(servers, Map.of("retention.ms", "-1", "retention.bytes", "-1"));
        assertThat(retention(servers)).isEqualTo(TopicRetention.UNLIMITED);

        setTopic(servers, Map.of("retention.ms", "3600000", "cleanup.policy", "compact"));
        assertThat(retention(servers)).isEqualTo(TopicRetention.UNLIMITED);
    }

    /** No trigger waits for it, so it is told at a later one. */
    private static TopicRetention retention(String servers) throws Exception {
        try (KafkaCluster cluster = cluster(servers)) {
            Instant end = Instant.now().plus(DEADLINE.multipliedBy(4));
            while (Instant.now().isBefore(end)) {
                TopicRetention told =
                        cluster.reach(ReadProgress.EMPTY).retentions().get(FIRST.topic());
                if (told != null) {
                    return told;
                }
            }
        }
        throw new AssertionError("the cluster does not tell the retention");
    }

    private static void setTopic(String servers, Map<String, String> settings) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            List<AlterConfigOp> changes = settings.entrySet().stream()
                    .map(setting -> new AlterConfigOp(
                            new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                    .toList();
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, FIRST.topic()), changes))
                    .all()
                    .get();
        }
    }

    @Test
    void aLogThatWasCutAndGrewAgainIsFoundByItsLeaderEpochs() throws Exception {
        send(5);
        send(5);
        ReadProgress known;
        try (KafkaCluster cluster = cluster(kafka.bootstrapServers().get("fra"))) {
            OffsetBounds bounds = cluster.reach(ReadProgress.EMPTY);
            assertThat(bounds.latest().of(FIRST)).contains(10L);
            known = read(10, 0);
            assertThat(cluster.reach(known).truncated()).isEmpty();
        }

        // Stopped in order, so that the partition gets a leader with another epoch afterwards.
        kafka.close();
        cutLastBatch();
        start();
        send(20);

        try (KafkaCluster cluster = cluster(kafka.bootstrapServers().get("fra"))) {
            OffsetBounds bounds = cluster.reach(known);
            assertThat(bounds.latest().of(FIRST)).contains(25L);
            assertThat(bounds.truncated()).containsExactly(new OffsetRange(FIRST, 5, 10));
            assertThat(bounds.unavailable()).isEmpty();
        }
    }

    private static ReadProgress read(long position, int epoch) {
        return new ReadProgress(
                new PartitionOffsets(new TreeMap<>(Map.of(FIRST, position))),
                new TreeSet<>(),
                new TreeMap<>(),
                new TreeMap<>(Map.of(FIRST, epoch)),
                new TreeSet<>(),
                new TreeSet<>());
    }

    private static KafkaCluster cluster(String servers) {
        Secrets none = new Secrets(name -> Optional.empty(), path -> "", secret -> "");
        return new KafkaCluster(dataCenter("fra", servers), none, DEADLINE);
    }

    /** One record batch. */
    private void send(int records) {
        Map<String, Object> client =
                Map.of("bootstrap.servers", kafka.bootstrapServers().get("fra"), "acks", "all", "linger.ms", "60000");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                var unused = producer.send(new ProducerRecord<>("events", 0, null, new byte[10]));
            }
        }
    }

    /** As if the broker's disk had lost what was written last. */
    private void cutLastBatch() throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(path -> path.getParent().endsWith("events-0"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".log")) {
                    cut(file);
                } else if (name.endsWith("index") || name.endsWith(".snapshot")) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void cut(Path log) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer length = ByteBuffer.allocate(4);
            channel.read(length, 8);
            long firstBatch = 12L + length.flip().getInt();
            assertThat(channel.size()).isGreaterThan(firstBatch);
            channel.truncate(firstBatch);
        }
    }

    /** A port of this machine that passes on the first connections to the broker and gives the others an answer. */
    private final class Port implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final String answer;
        private final AtomicInteger forwarded;

        Port(int forwarded, String answer) throws IOException {
            this.forwarded = new AtomicInteger(forwarded);
            this.answer = answer;
            inBackground(this::serve);
        }

        int number() {
            return server.getLocalPort();
        }

        private void serve() throws IOException {
            while (true) {
                Socket client = server.accept();
                if (forwarded.getAndDecrement() > 0) {
                    String broker = kafka.bootstrapServers().get("fra");
                    int colon = broker.lastIndexOf(':');
                    Socket target =
                            new Socket(broker.substring(0, colon), Integer.parseInt(broker.substring(colon + 1)));
                    inBackground(() -> pass(client, target));
                    inBackground(() -> pass(target, client));
                } else {
                    inBackground(() -> answer(client));
                }
            }
        }

        private static void pass(Socket from, Socket to) throws IOException {
            try (from;
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                in.transferTo(out);
            }
        }

        private void answer(Socket client) throws IOException {
            try (client) {
                int read = client.getInputStream().read(new byte[64]);
                if (read > 0) {
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The other side has closed the connection, or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
