package io.tributary.ingest.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.DataCenter;
import io.tributary.config.DataCenterAccess;
import io.tributary.error.InvalidInputException;
import io.tributary.ingest.LoggedLines;
import io.tributary.lab.fixtures.MutableClock;
import io.tributary.runtime.HadoopFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCenterRegistryTest {

    private static final String A = "  - {name: a, bootstrap_servers: \"a:9092\", topics: [events]}\n";
    private static final String B = "  - {name: b, bootstrap_servers: \"b:9092\", topics: [events]}\n";
    private static final String MISTAKE = "data_centers:\n  - {name: a, bootstrap_servers: \"a\", topics: [events]}\n";

    @TempDir
    Path dir;

    private final MutableClock clock = new MutableClock();
    private final HadoopFiles files = new HadoopFiles(new Configuration());
    private final LoggedLines log = new LoggedLines(DataCenterRegistry.class);

    @BeforeEach
    void begin() {
        log.start();
    }

    @AfterEach
    void end() {
        log.stop();
    }

    @Test
    void aMistakeStopsNothingNeitherWhileItRunsNorAfterARestart() throws IOException {
        put(A + B);
        DataCenterRegistry registry = registry();
        assertThat(names(registry)).containsExactly("a", "b");
        assertThat(registry.isFileUsable()).isTrue();

        Files.writeString(file(), MISTAKE);
        assertThat(names(registry)).containsExactly("a", "b");
        assertThat(registry.isFileUsable()).isFalse();

        DataCenterRegistry afterARestart = registry();
        assertThat(names(afterARestart)).containsExactly("a", "b");
        assertThat(afterARestart.isFileUsable()).isFalse();

        put(B);
        assertThat(names(afterARestart)).containsExactly("b");
        assertThat(afterARestart.isFileUsable()).isTrue();
    }

    @Test
    void aFileThatIsGoneOrNoTextStopsNothingEither() throws IOException {
        put(A);
        assertThat(names(registry())).containsExactly("a");
        Files.delete(file());
        assertThat(names(registry())).containsExactly("a");
        Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0});
        assertThat(names(registry())).containsExactly("a");
        Files.writeString(file(), "#".repeat(2 << 20));
        assertThat(names(registry())).containsExactly("a");
        assertThat(log.texts(Level.ERROR)).last().asString().contains("is larger than 1048576 bytes");
    }

    @Test
    void aFirstStartWithoutAGoodFileIsRefused() throws IOException {
        Files.writeString(file(), MISTAKE);

        assertThatThrownBy(() -> registry().current())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("bootstrap_servers: \"a\" is not a list of brokers");
        assertThat(dir.resolve("memory")).doesNotExist();
    }

    @Test
    void whatWasWrittenInPartCountsAsNothing() throws IOException {
        put(A + B);
        registry().current();
        Path kept = dir.resolve("memory/_in-force.yaml");
        Files.writeString(kept, Files.readString(kept).replace(B, ""));
        Files.deleteIfExists(dir.resolve("memory/._in-force.yaml.crc"));
        Files.writeString(file(), MISTAKE);

        assertThatThrownBy(() -> registry().current()).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void theReasonIsToldAtOnceAndThenAtGrowingIntervals() throws IOException {
        put(A);
        DataCenterRegistry registry = registry();
        registry.current();
        Files.writeString(file(), MISTAKE);
        registry.current();
        registry.current();
        assertThat(log.texts(Level.ERROR))
                .hasSize(1)
                .first()
                .asString()
                .contains(
                        "cannot be used; the last good file stays in force, 1 in force: a.",
                        "is not a list of brokers");

        for (int minute = 0; minute < 60; minute++) {
            clock.forward(Duration.ofMinutes(1));
            registry.current();
        }
        assertThat(log.texts(Level.ERROR)).hasSizeBetween(5, 8);

        int before = log.texts(Level.ERROR).size();
        Files.writeString(file(), MISTAKE.replace("topics", "topicks"));
        registry.current();
        assertThat(log.texts(Level.ERROR)).as("another mistake is told at once").hasSize(before + 1);

        put(A);
        registry.current();
        assertThat(log.texts(Level.INFO)).last().asString().contains("can be used again, after PT");
    }

    @Test
    void whoCameWentWasPausedOrChangedIsToldByName() throws IOException {
        put(A + B);
        DataCenterRegistry registry = registry();
        registry.current();
        assertThat(log.texts(Level.INFO))
                .containsSubsequence(
                        "ingest[dc=a]: is new, active, begins at earliest",
                        "ingest[dc=b]: is new, active, begins at earliest",
                        "ingest[data-centers=" + uri() + "]: 2 in force: a, b");

        put(A.replace("}", ", state: paused}") + B.replace("b:9092", "b:9093").replace("[events]", "[events, clicks]"));
        registry.current();
        assertThat(log.texts(Level.INFO))
                .containsSubsequence(
                        "ingest[dc=a]: is paused: it keeps its offsets and is not read",
                        "ingest[dc=b]: has topics [events, clicks] in place of [events]; has another bootstrap_servers",
                        "ingest[data-centers=" + uri() + "]: 2 in force: a (paused), b");

        put(A);
        registry.current();
        assertThat(log.texts(Level.INFO)).contains("ingest[dc=a]: is active again");
        assertThat(log.texts(Level.WARN))
                .containsExactly(
                        "ingest[dc=b]: is no longer in the file, although it was active: it is not read any more"
                                + " and keeps its offsets; put its entry back, unless it was taken out on purpose ("
                                + uri() + ")");
    }

    @Test
    void theEndOfAPauseThatNobodyEndsIsTold() throws IOException {
        put(A.replace("}", ", state: paused, paused_until: '2026-01-31T08:02:00Z'}") + B);
        DataCenterRegistry registry = registry();
        assertThat(readNow(registry)).containsExactly("b");

        clock.forward(Duration.ofMinutes(1));
        assertThat(readNow(registry)).containsExactly("b");
        clock.forward(Duration.ofMinutes(1));
        assertThat(readNow(registry)).containsExactly("a", "b");
        readNow(registry);
        assertThat(log.texts(Level.INFO))
                .filteredOn(line -> line.contains("its pause ended"))
                .containsExactly("ingest[dc=a]: its pause ended at 2026-01-31T08:02:00Z, as the data-centers file says;"
                        + " it is read again");
    }

    private List<String> readNow(DataCenterRegistry registry) {
        return registry.current().all().stream()
                .filter(center -> center.isReadAt(clock.instant()))
                .map(DataCenter::name)
                .toList();
    }

    @Test
    void aDataCenterThatIsGoneWhileNothingRanIsToldToo() throws IOException {
        put(A + B);
        registry().current();
        put(A);
        registry().current();

        assertThat(log.texts(Level.WARN)).hasSize(1).first().asString().startsWith("ingest[dc=b]: is no longer in");
    }

    private DataCenterRegistry registry() {
        return new DataCenterRegistry(
                uri(),
                DataCenterAccess.LOCAL,
                files,
                new LastGoodFile(dir.resolve("memory").toUri().toString(), files),
                clock);
    }

    private void put(String entries) throws IOException {
        Files.writeString(file(), "data_centers:\n" + entries);
    }

    private Path file() {
        return dir.resolve("data-centers.yaml");
    }

    private String uri() {
        return file().toUri().toString();
    }

    private static List<String> names(DataCenterRegistry registry) {
        return registry.current().all().stream().map(DataCenter::name).toList();
    }
}
