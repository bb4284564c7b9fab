package io.tributary.lake.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.DedupScope;
import io.tributary.error.OperatorActionException;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.HadoopFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureRequestsTest {

    private static final String SALT = "00112233445566778899aabbccddeeff";
    private static final byte[] SALT_BYTES = java.util.HexFormat.of().parseHex(SALT);

    @TempDir
    Path dir;

    @Test
    void aRequestIsReadBackAsItWasWrittenAndDoesNotNameTheEvent() throws IOException {
        ErasureRequest written = requests().add(request(DedupScope.GLOBAL, "customer-42"));

        assertThat(written.number()).isEqualTo(1);
        assertThat(requests().all()).containsExactly(written);
        assertThat(Files.readString(dir.resolve("00000001.json"))).doesNotContain("customer-42");
    }

    @Test
    void aRequestForAsManyRejectedRecordsAsOneMayHoldIsReadBack() {
        List<RejectedRecord> rejected = IntStream.range(0, ErasureRequest.MAX_IDENTITIES)
                .mapToObj(i -> new RejectedRecord(
                        new TopicPartitionId("frankfurt-1", "orders.created.v1", 12),
                        "MkU3OEVBNTcwNTJENDM2Qg/uVbXyBJwRQGuPFdgZ3Bw8A",
                        1_000_000_000L + i))
                .toList();
        ErasureRequest written = requests()
                .add(new ErasureRequest(
                        0,
                        Instant.parse("2026-03-01T08:00:00Z"),
                        "jane",
                        "request 4711",
                        "1 event ids",
                        Duration.ofDays(30),
                        DedupScope.GLOBAL,
                        SALT,
                        Set.of(),
                        rejected,
                        new TreeMap<>(),
                        new TreeMap<>()));

        assertThat(requests().all()).containsExactly(written);
    }

    @Test
    void aRequestIsFoundByWhoHasReadTheOnesBefore() {
        ErasureRequests early = requests();
        assertThat(early.erased()).isEqualTo(ErasedEvents.NONE);
        requests().add(request(DedupScope.GLOBAL, "a"));
        assertThat(early.erased().contains("fra", "a")).isTrue();
        requests().add(request(DedupScope.GLOBAL, "b"));

        assertThat(early.erased().newest()).isEqualTo(2);
        assertThat(early.erased().contains("nyc", "a")).isTrue();
        assertThat(early.erased().contains("nyc", "b")).isTrue();
        assertThat(early.erased().contains("nyc", "c")).isFalse();
        assertThat(early.erased().contains(null, null)).isFalse();
    }

    @Test
    void theScopeOfARequestSaysWhoseEventIsErased() {
        requests().add(request(DedupScope.DATA_CENTER, DedupScope.DATA_CENTER.identity("fra", "a")));

        assertThat(requests().erased().contains("fra", "a")).isTrue();
        assertThat(requests().erased().contains("nyc", "a")).isFalse();
    }

    @Test
    void requestsAtTheSameMomentGetNumbersWithoutHoleOrRepeat() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<ErasureRequest>> added = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> requests().add(request(DedupScope.GLOBAL, "id" + i))))
                    .toList();
            for (Future<ErasureRequest> one : added) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        ErasedEvents erased = requests().erased();
        assertThat(erased.newest()).isEqualTo(20);
        assertThat(IntStream.range(0, 20)).allMatch(i -> erased.contains("fra", "id" + i));
    }

    @Test
    void ofManyRequestsAHundredAreReadFromOneFile() throws IOException {
        ErasureRequests writer = requests();
        IntStream.range(0, 205).forEach(i -> writer.add(request(DedupScope.GLOBAL, "id" + i)));
        List<ErasureRequest> all = requests().all();
        requests().pack();
        requests().pack();
        assertThat(dir.resolve("packs")).isDirectoryContaining("glob:**/00000100.json");
        assertThat(dir.resolve("packs")).isDirectoryContaining("glob:**/00000200.json");
        assertThat(dir.resolve("packs").toFile().list((folder, name) -> name.endsWith(".json")))
                .hasSize(2);

        assertThat(requests().all()).isEqualTo(all).hasSize(205);
        for (int number : List.of(2, 50, 100, 102, 200)) {
            Files.delete(dir.resolve(String.format(Locale.ROOT, "%08d.json", number)));
        }
        assertThat(requests().all())
                .as("of those in a pack only the first is looked for")
                .isEqualTo(all);
    }

    @Test
    void theNextNumberIsFoundWithoutReadingTheOnesBefore() throws IOException {
        for (int count : List.of(1, 2, 3, 4, 7, 8, 9)) {
            while (requests().find(count).isEmpty()) {
                requests().add(request(DedupScope.GLOBAL, "id"));
            }
            for (int number = 1; number <= count; number++) {
                Files.writeString(dir.resolve(String.format(Locale.ROOT, "%08d.json", number)), "{");
            }
            assertThat(requests().add(request(DedupScope.GLOBAL, "next")).number())
                    .isEqualTo(count + 1);
        }
    }

    @Test
    void aDamagedPackIsNotPassedOver() throws IOException {
        requests().add(request(DedupScope.GLOBAL, "a"));
        Files.createDirectories(dir.resolve("packs"));
        Files.writeString(dir.resolve("packs/00000100.json"), "[");
        assertThatThrownBy(() -> requests().erased())
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("00000100.json cannot be read")
                .hasMessageContaining("Remove it");
    }

    @Test
    void allRequestsOfALakeHashWithOneSalt() {
        requests().add(request(DedupScope.GLOBAL, "a"));
        assertThat(requests().salt()).isEqualTo(SALT);
    }

    @Test
    void aDamagedRequestIsNotPassedOver() throws IOException {
        Files.writeString(dir.resolve("00000001.json"), "{");
        assertThatThrownBy(() -> requests().erased())
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("00000001.json cannot be read")
                .hasMessageContaining("Put the file back");
    }

    @Test
    void whatWasDoneIsReadBack() {
        ErasurePass pass = new ErasurePass(
                3,
                "events_merged",
                17,
                1_000,
                List.of(new ErasurePass.Removal(
                        18,
                        Instant.parse("2026-03-01T08:00:00Z"),
                        new TreeMap<>(Map.of("fra", 2L)),
                        List.of("a.parquet"))));
        passes().add(pass);
        passes().add(new ErasurePass(3, "events_merged", 9, 1_000, List.of()));
        passes().add(new ErasurePass(4, "events_merged", 99, 1_000, List.of()));

        assertThat(passes().last(3, "events_merged")).contains(pass);
        assertThat(passes().last(3, "events_staging")).isEmpty();
        assertThat(passes().isClosed(3)).isFalse();
        passes().close(3);
        assertThat(passes().isClosed(3)).isTrue();
        assertThat(passes().isClosed(4)).isFalse();
        assertThat(passes().all(3)).hasSize(2);
    }

    private ErasureRequests requests() {
        return new ErasureRequests(dir.toUri().toString(), new HadoopFiles(new Configuration()));
    }

    private ErasurePasses passes() {
        return ErasurePasses.read(dir.toUri().toString(), new HadoopFiles(new Configuration()));
    }

    private static ErasureRequest request(DedupScope scope, String identity) {
        return new ErasureRequest(
                0,
                Instant.parse("2026-03-01T08:00:00Z"),
                "somebody",
                "request 4711",
                "1 event ids",
                Duration.ofDays(30),
                scope,
                SALT,
                Set.of(IdentityHash.of(SALT_BYTES, identity)),
                List.of(new RejectedRecord(new TopicPartitionId("fra", "events", 0), "", 7)),
                new TreeMap<>(Map.of("events_merged", 1L)),
                new TreeMap<>(Map.of("events_merged", 5L)));
    }
}
