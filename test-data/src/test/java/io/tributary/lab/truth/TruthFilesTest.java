package io.tributary.lab.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.OperatorActionException;
import io.tributary.lab.truth.SentRecord.Kind;
import io.tributary.lab.truth.SentRecord.SentEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthFilesTest {

    @TempDir
    private Path dir;

    @Test
    void recordsOfAllRunsAreReadAsTheyWereWritten() {
        TruthFiles files = new TruthFiles(dir.resolve("truth"));
        assertThat(files.nextRun()).isEqualTo(1);
        List<SentRecord> first = List.of(
                SentRecord.event(
                        Kind.EVENT,
                        new Coordinates("dc1", "events", "topic", 0, 0),
                        new SentEvent(Identity.global("a\tb\\n\nc\r\u0085é😀"), -5, -1)),
                SentRecord.malformed(new Coordinates("dc2", "events", "topic", 1, 77)));
        List<SentRecord> second = List.of(SentRecord.event(
                Kind.DUPLICATE,
                new Coordinates("dc1", "events", "topic", 0, 1),
                new SentEvent(Identity.within("dc9", "x"), 1_700_000_000_000_000L, Long.MAX_VALUE)));
        write(files, 1, first);
        assertThat(files.nextRun()).isEqualTo(2);
        write(files, 2, second);
        List<SentRecord> all = new ArrayList<>(first);
        all.addAll(second);
        assertThat(read(files)).isEqualTo(all);
    }

    @Test
    void theHalfLineOfARunThatWasKilledIsLeftOut() throws Exception {
        TruthFiles files = new TruthFiles(dir);
        SentRecord whole = SentRecord.malformed(new Coordinates("dc1", "events", "topic", 0, 0));
        write(files, 1, List.of(whole));
        Files.writeString(dir.resolve("run-000001.tsv"), "EVENT\tdc1\tev", StandardOpenOption.APPEND);
        assertThat(read(files)).containsExactly(whole);
    }

    @Test
    void halfASurrogatePairIsReadAsWhatSparkMakesOfIt() {
        TruthFiles files = new TruthFiles(dir);
        Coordinates at = new Coordinates("dc1", "events", "topic", 0, 0);
        write(files, 1, List.of(SentRecord.event(Kind.EVENT, at, new SentEvent(Identity.global("a\ud800"), 1, 2))));
        assertThat(read(files))
                .containsExactly(SentRecord.event(Kind.EVENT, at, new SentEvent(Identity.global("a?"), 1, 2)));
        assertThat(Identity.global("a\ud800").fingerprint())
                .isEqualTo(Identity.global("a?").fingerprint());
    }

    @Test
    void aRunThatSentNothingHasNoRecords() {
        TruthFiles files = new TruthFiles(dir);
        write(files, 1, List.of());
        assertThat(read(files)).isEmpty();
    }

    @Test
    void aBrokenLineInTheMiddleIsRefused() throws Exception {
        TruthFiles files = new TruthFiles(dir);
        write(files, 1, List.of());
        Files.writeString(dir.resolve("run-000001.tsv"), "EVENT\tdc1\n\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> read(files))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("Line 2 of")
                .hasMessageContaining("not 10 fields");
    }

    private static void write(TruthFiles files, int run, List<SentRecord> records) {
        try (TruthWriter writer = files.open(run)) {
            records.forEach(writer::append);
        }
    }

    private static List<SentRecord> read(TruthFiles files) {
        List<SentRecord> records = new ArrayList<>();
        files.forEach(records::add);
        return records;
    }
}
