package io.tributary.operations.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.DedupScope;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.erasure.ErasurePass;
import io.tributary.lake.erasure.ErasurePasses;
import io.tributary.lake.erasure.ErasureRequest;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureProofTest {

    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");
    private static final int FILES = 500;
    private static final int ERASURES = 3000;

    @TempDir
    Path dir;

    /** The lake has no table at all, so that a proof that reads a log would fail. */
    @Test
    void aProofReadsNoLogHoweverLongItIs() throws IOException {
        Lake lake = Lake.of(Optional.of(dir.toUri().toString()), PipelineConfig.defaults());
        HadoopFiles files = new HadoopFiles(new Configuration());
        ErasureRequest request = request(new ErasureRequests(lake.erasures(), files));
        List<String> held = IntStream.range(0, FILES)
                .mapToObj("part-%05d.parquet"::formatted)
                .toList();
        ErasurePasses.read(lake.erasures(), files)
                .add(new ErasurePass(
                        1,
                        "events_merged",
                        10,
                        0,
                        List.of(new ErasurePass.Removal(11, AT, new TreeMap<>(Map.of("fra", 3L)), held))));
        Path table = Files.createDirectories(Path.of(URI.create(lake.merged())));
        Files.createFile(table.resolve(held.get(7)));

        ErasureProof proof = ErasureProof.of(request, lake, new Configuration());
        assertThat(proof.filesLeft()).isEqualTo(1);
        assertThat(proof.files()).hasSize(FILES);
        assertThat(proof.isFulfilled()).isFalse();
        assertThat(proof.text(AT))
                .contains(
                        "gone   " + lake.merged() + "/part-00000.parquet\n", "there  " + lake.merged() + "/part-00007")
                .contains("NOT COMPLETE");

        ErasurePasses.read(lake.erasures(), files).close(1);
        Files.delete(table.resolve(held.get(7)));
        assertThat(ErasureProof.of(request, lake, new Configuration()).text(AT))
                .contains("ERASED: the rows are removed");
    }

    /** All others are files that nobody could read. */
    @Test
    void ofTheErasuresOfYearsAProofReadsItsOwn() throws IOException {
        Lake lake = Lake.of(Optional.of(dir.toUri().toString()), PipelineConfig.defaults());
        HadoopFiles files = new HadoopFiles(new Configuration());
        ErasureRequest first = request(new ErasureRequests(lake.erasures(), files));
        Path folder = Path.of(URI.create(lake.erasures()));
        String own = Files.readString(folder.resolve("00000001.json")).replace("\"number\" : 1,", "\"number\" : 2000,");
        Path done = Files.createDirectories(folder.resolve("done"));
        for (int other = 2; other <= ERASURES; other++) {
            Files.writeString(folder.resolve("%08d.json".formatted(other)), other == 2000 ? own : "half a requ");
            if (other != 2000) {
                Files.writeString(done.resolve("%08d.events_merged.7.0.json".formatted(other)), "half a pass");
            }
        }
        ErasurePasses.read(lake.erasures(), files)
                .add(new ErasurePass(
                        2000,
                        "events_merged",
                        10,
                        0,
                        List.of(new ErasurePass.Removal(
                                3_153_600, AT, new TreeMap<>(Map.of("fra", 3L)), List.of("part-00000.parquet")))));
        long begun = System.nanoTime();

        ErasureRequest request =
                new ErasureRequests(lake.erasures(), files).find(2000).orElseThrow();
        String text = ErasureProof.of(request, lake, new Configuration()).text(AT);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        assertThat(text)
                .contains("events_merged version 3153600 of ", "gone   " + lake.merged() + "/part-00000.parquet\n");
        assertThat(new ErasureRequests(lake.erasures(), files).salt()).isEqualTo(first.salt());
        assertThat(new ErasureRequests(lake.erasures(), files).find(ERASURES + 1L))
                .isEmpty();
    }

    @Test
    void whereNothingWasFoundNothingIsCalledErased() {
        Lake lake = Lake.of(Optional.of(dir.toUri().toString()), PipelineConfig.defaults());
        HadoopFiles files = new HadoopFiles(new Configuration());
        ErasureProof proof =
                new ErasureProof(request(new ErasureRequests(lake.erasures(), files)), true, Map.of(), List.of());

        assertThat(proof.text(AT)).contains("NOTHING WAS THERE: ").doesNotContain("ERASED");
        assertThat(proof.isFulfilled()).isTrue();
    }

    private static ErasureRequest request(ErasureRequests requests) {
        return requests.add(new ErasureRequest(
                1,
                AT,
                "me",
                "a test",
                "1 event ids",
                Duration.ofDays(30),
                DedupScope.GLOBAL,
                requests.salt(),
                Set.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>()));
    }
}
