package io.tributary.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.DedupScope;
import io.tributary.config.PipelineConfig;
import io.tributary.config.TablesConfig;
import io.tributary.lab.load.RefusedRecords;
import io.tributary.lab.truth.Configurations;
import io.tributary.lab.truth.Coordinates;
import io.tributary.lab.truth.Identity;
import io.tributary.lake.erasure.ErasurePasses;
import io.tributary.lake.erasure.ErasureRequest;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.lake.erasure.IdentityHash;
import io.tributary.lake.erasure.RejectedRecord;
import io.tributary.lake.replay.ReplayInput;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.lake.replay.ReplayRequests;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorOrdersTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final String SALT = "00ff";
    private static final String ONE = """
            data_centers:
              - {name: dc1, bootstrap_servers: "127.0.0.1:1001", topics: [events], start: earliest}
            """;

    @TempDir
    private Path dir;

    private final Configuration hadoop = new Configuration();
    private final HadoopFiles files = new HadoopFiles(hadoop);
    private Lake lake;
    private Path dataCenters;
    private OperatorOrders orders;

    @BeforeEach
    void begin() throws IOException {
        lake = new Lake(dir.resolve("lake").toString(), TablesConfig.DEFAULTS);
        dataCenters = Files.writeString(dir.resolve("data-centers.yaml"), ONE);
        orders = new OperatorOrders(
                lake,
                dataCenters,
                Configurations.in(dir.resolve("truth")),
                () -> Map.of("dc1", "127.0.0.1:1001"),
                hadoop,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void whoIsReadIsInTheLastFileThatCanBeUsed() throws IOException {
        assertThat(look().readers().all()).extracting(Readers.Reader::name).containsExactly("dc1");
        Files.writeString(dataCenters, "data_centers: {");
        assertThat(look().readers().all()).extracting(Readers.Reader::name).containsExactly("dc1");
        Files.writeString(dataCenters, "data_centers: []");
        assertThat(look().readers().all()).isEmpty();
    }

    @Test
    void anErasureIsKnownFromItsRequestOnAndCarriedOutOnceItIsClosed() {
        assertThat(look().areCarriedOut(ReadProgress.EMPTY)).isTrue();
        new ErasureRequests(lake.erasures(), files)
                .add(new ErasureRequest(
                        0,
                        NOW,
                        "an operator",
                        "request 4711",
                        "1 event",
                        Duration.ofDays(30),
                        DedupScope.GLOBAL,
                        SALT,
                        Set.of(IdentityHash.of(
                                HexFormat.of().parseHex(SALT), DedupScope.GLOBAL.identity("dc1", "gone"))),
                        List.of(new RejectedRecord(new TopicPartitionId("dc1", "events", 1), "cluster/topic", 7)),
                        new TreeMap<>(),
                        new TreeMap<>()));

        Orders now = look();
        assertThat(now.isErased(Identity.global("gone"))).isTrue();
        assertThat(now.isErased(Identity.global("there"))).isFalse();
        assertThat(now.isRejectedErased(new Coordinates("dc1", "events", "topic", 1, 7)))
                .isTrue();
        assertThat(now.isRejectedErased(new Coordinates("dc1", "events", "topic", 1, 8)))
                .isFalse();
        assertThat(now.areCarriedOut(ReadProgress.EMPTY)).isFalse();
        ErasurePasses.read(lake.erasures(), files).close(1);
        assertThat(look().areCarriedOut(ReadProgress.EMPTY)).isTrue();
    }

    @Test
    void theRecordsOfAReplayStayKnownWhenTheirCopyIsDeleted() throws IOException {
        TopicPartitionId partition = new TopicPartitionId("dc1", ReplayTopic.ofQuarantine("one"), 0);
        ReplayRequests requests = new ReplayRequests(lake.replays(), files);
        Path copy = Path.of(java.net.URI.create(requests.records("one", "dc1")));
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, """
                {"topic":"events","partition":1,"offset":7,"timestamp":null,"topic_identity":"cluster/topic","value":"eA=="}
                """);
        requests.create(new ReplayRequest(
                "one",
                ReplayRequest.Kind.QUARANTINE,
                NOW,
                "an operator",
                Optional.of("mended"),
                3,
                "records",
                List.of(ReplayInput.ofFile(
                        new OffsetRange(partition, 0, 90),
                        Optional.of(1L),
                        copy.toUri().toString(),
                        90)),
                new TreeMap<>()));

        assertThat(look().replayed())
                .containsOnly(Map.entry("one", Set.of(new Coordinates("dc1", "events", "topic", 1, 7))));
        assertThat(look().areCarriedOut(ReadProgress.EMPTY)).isFalse();
        Files.delete(copy);
        assertThat(look().replayed()).containsOnlyKeys("one");
        assertThat(look().areCarriedOut(new ReadProgress(
                        new PartitionOffsets(new TreeMap<>(Map.of(partition, 90L))), new TreeSet<>())))
                .isTrue();
    }

    @Test
    void whetherRefusedRecordsAreReadIsKeptForLaterRunsOfTheLake() {
        PipelineConfig mended =
                PipelineConfig.parse("event: {time_format: \"" + RefusedRecords.TIME_FORMAT + "\"}", "test");
        assertThat(look().refusedRead()).isEmpty();
        orders.startedWith(mended, NOW);
        orders.startedWith(PipelineConfig.defaults(), NOW.plusSeconds(20));

        SortedMap<Long, Boolean> starts =
                Configurations.in(dir.resolve("truth")).starts();
        assertThat(look().refusedRead()).isEqualTo(starts);
        long began = NOW.toEpochMilli();
        assertThat(Configurations.areRefusedReadAt(began - 1, starts)).isFalse();
        assertThat(Configurations.areRefusedReadAt(began, starts)).isTrue();
        assertThat(Configurations.areRefusedReadAt(began + 19_999, starts)).isTrue();
        assertThat(Configurations.areRefusedReadAt(began + 20_000, starts)).isFalse();
    }

    private Orders look() {
        return orders.look(OrderProgress.NONE);
    }
}
