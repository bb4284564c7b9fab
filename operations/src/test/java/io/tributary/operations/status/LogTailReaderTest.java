package io.tributary.operations.status;

import static io.tributary.operations.status.GeneratedTail.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.log.PrefetchingReader;
import io.tributary.lake.status.StreamStatus;
import io.tributary.operations.status.GeneratedTail.Part;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailReaderTest {

    private static final Configuration HADOOP = new Configuration(false);
    private static final Part FLOWS = Part.of(100, 0L);

    @TempDir
    private Path dir;

    @Test
    void onlyTheNewestCommitsOfAYearAreRead() throws IOException {
        List<String> newest =
                GeneratedTail.ofBatches(450).batches(450, Map.of("fra", FLOWS)).stagingLog();
        long last = 3_153_600;
        write("events_staging", last - newest.size() + 1, newest);
        Files.writeString(
                log("events_staging").resolve("_last_checkpoint"),
                "{\"version\":" + (last - last % 50) + ",\"size\":9,\"numOfAddFiles\":1234}");
        write("events_merged", 0, new GeneratedTail(NOW).merge().mergedLog());

        LakeTail tail = reader().read();

        // The hour holds 360 batches, and blocks of 64 are read.
        assertThat(tail.staging().commits()).hasSize(384);
        assertThat(tail.staging().isWhole()).isFalse();
        assertThat(tail.staging().files()).hasValue(1234 + last % 50);
        assertThat(tail.batches().get(383).sequence()).isEqualTo(450);
        assertThat(tail.merged().isWhole()).isTrue();
        assertThat(tail.merged().files()).hasValue(1);
    }

    @Test
    void aSampleBeginsAtATimeAndIsSpreadEvenly() throws IOException {
        // Of 450 batches, 10 s apart, the older ones have expired.
        List<String> commits =
                GeneratedTail.ofBatches(450).batches(450, Map.of("fra", FLOWS)).stagingLog();
        write("events_staging", 0, commits);
        for (int version = 0; version < 50; version++) {
            Files.delete(log("events_staging").resolve(name(version)));
        }
        Files.writeString(log("events_staging").resolve("_last_checkpoint"), "{\"version\":400}");
        try (PrefetchingReader ahead = PrefetchingReader.of("file:")) {
            LogTailReader log = new LogTailReader(dir.resolve("events_staging").toString(), HADOOP, ahead);

            assertThat(log.sample(NOW.minusSeconds(5 + 990), 20))
                    .extracting(Commit::version)
                    .hasSizeLessThanOrEqualTo(20)
                    .startsWith(350L, 355L)
                    .endsWith(445L);
            assertThat(log.sample(NOW.minusSeconds(100_000), 1000)).hasSize(400);
            assertThat(log.sample(NOW.plusSeconds(1), 10))
                    .extracting(Commit::version)
                    .containsExactly(449L);
        }
    }

    @Test
    void theEndIsFoundWithoutACheckpointAndFarBehindOne() throws IOException {
        write(
                "events_staging",
                0,
                GeneratedTail.ofBatches(200).batches(200, Map.of("fra", FLOWS)).stagingLog());
        assertThat(newest()).isEqualTo(199);

        Files.writeString(log("events_staging").resolve("_last_checkpoint"), "{\"version\":50}");
        assertThat(newest()).isEqualTo(199);
        // Without the number of files at the checkpoint there is no sum.
        assertThat(reader().read().staging().files()).isEmpty();
    }

    @Test
    void aDamagedCommitIsCountedAndTheOthersAreRead() throws IOException {
        List<String> commits =
                GeneratedTail.ofBatches(20).batches(20, Map.of("fra", FLOWS)).stagingLog();
        write("events_staging", 0, commits);
        Files.writeString(log("events_staging").resolve(name(7)), "{\"commitInfo\":{\"userMe");
        Files.delete(log("events_staging").resolve(name(9)));

        LakeTail tail = reader().read();
        assertThat(tail.batches()).hasSize(18);
        assertThat(tail.staging().unreadable()).isEqualTo(2);
        assertThat(StatusText.of(PipelineStatus.of(tail, Objective.DEFAULT, OptionalDouble.empty())))
                .contains("2 of the newest log files cannot be read; the audit says which.");
    }

    @Test
    void whatHasExpiredIsNotDamaged() throws IOException {
        write(
                "events_staging",
                40,
                GeneratedTail.ofBatches(20).batches(20, Map.of("fra", FLOWS)).stagingLog());
        Files.writeString(log("events_staging").resolve("_last_checkpoint"), "{\"version\":50}");

        assertThat(reader().read().staging().unreadable()).isZero();
        assertThat(reader().read().staging().isWhole()).isFalse();
    }

    @Test
    void whatTheStreamSaysIsReadAndAHalfOfItIsNothing() throws IOException {
        write(
                "events_staging",
                0,
                GeneratedTail.ofBatches(2).batches(2, Map.of("fra", FLOWS)).stagingLog());
        assertThat(reader().read().stream()).isEmpty();

        StreamStatus status = new StreamStatus(NOW, Duration.ofSeconds(10), true, new TreeMap<>());
        Path file = Files.createDirectories(dir.resolve("_status")).resolve("stream.json");
        Files.writeString(file, status.toText());
        assertThat(reader().read().stream()).contains(status);

        Files.writeString(file, status.toText().substring(0, 20));
        assertThat(reader().read().stream()).isEmpty();
    }

    @Test
    void aPlaceWithoutALakeIsNamed() {
        assertThatThrownBy(() -> reader().read())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("There is no lake at file:" + dir)
                .hasMessageContaining("--config");
    }

    private LakeTailReader reader() {
        return new LakeTailReader(
                new Lake(dir.toString(), PipelineConfig.defaults().tables()), HADOOP, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private long newest() {
        try (PrefetchingReader ahead = PrefetchingReader.of("file:")) {
            return new LogTailReader(dir.resolve("events_staging").toString(), HADOOP, ahead).newestVersion();
        }
    }

    private Path log(String table) {
        return dir.resolve(table).resolve("_delta_log");
    }

    private void write(String table, long first, List<String> commits) throws IOException {
        Files.createDirectories(log(table));
        for (int i = 0; i < commits.size(); i++) {
            Files.writeString(log(table).resolve(name(first + i)), commits.get(i));
        }
    }

    private static String name(long version) {
        return String.format(Locale.ROOT, "%020d.json", version);
    }
}
