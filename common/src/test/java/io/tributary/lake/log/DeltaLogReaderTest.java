package io.tributary.lake.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tributary.error.OperatorActionException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaLogReaderTest {

    @TempDir
    Path table;

    private DeltaLogReader log;

    @BeforeEach
    void emptyLog() throws IOException {
        Files.createDirectory(table.resolve("_delta_log"));
        log = new DeltaLogReader(table.toUri().toString(), new Configuration());
    }

    @Test
    void aVersionsFileIsNamedByTwentyDigits() {
        assertThat(DeltaLogReader.file("s3://bucket/lake/t", 7))
                .hasToString("s3://bucket/lake/t/_delta_log/00000000000000000007.json");
    }

    @Test
    void aLineIsOneAction() throws JsonProcessingException {
        String line = "{\"add\":{\"path\":\"f\"}}";

        assertThat(DeltaLogReader.action(line, "add").orElseThrow().path("path").asText())
                .isEqualTo("f");
        assertThat(DeltaLogReader.action(line, "remove")).isEmpty();
        assertThatThrownBy(() -> DeltaLogReader.action("{\"add\":{\"path\":", "add"))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("end-of-input");
    }

    @Test
    void aTableWithoutALogHasNoVersion() {
        assertThat(log.oldestVersion()).isEmpty();
        assertThat(log.newestVersion()).isEqualTo(-1);
        assertThat(log.lastCheckpoint()).isEmpty();
        assertThat(log.exists(0)).isFalse();
        assertThat(log.text(0)).isEmpty();
    }

    @Test
    void aLogOfWhichTheBeginningHasExpiredBeginsAtItsFirstCommitOrElseAtItsCheckpoint() throws IOException {
        write("00000000000000000012.checkpoint.parquet", "");
        assertThat(log.oldestVersion()).hasValue(12);

        write("00000000000000000014.json", "");
        write("00000000000000000013.json", "");
        assertThat(log.oldestVersion()).hasValue(13);
        assertThat(log.newestVersion()).isEqualTo(14);

        write("00000000000000000000.json", "");
        assertThat(log.oldestVersion()).hasValue(0);
    }

    @Test
    void theHintOfACheckpointIsFollowedIfItCanBeRead() throws IOException {
        write("00000000000000000003.json", "");
        write("00000000000000000004.json", "");
        write("00000000000000000009.json", "");

        write("_last_checkpoint", "{\"version\":3,\"size\":9}");
        assertThat(log.lastCheckpoint()).hasValue(3);
        assertThat(log.newestVersion()).isEqualTo(4);

        write("_last_checkpoint", "{\"vers");
        assertThat(log.lastCheckpoint()).isEmpty();
        assertThat(log.newestVersion()).isEqualTo(9);
    }

    @Test
    void aFileIsGivenAsItIs() throws IOException {
        write("00000000000000000000.json", "{\"add\":{}}\n{\"rem");

        assertThat(log.text(0)).contains("{\"add\":{}}\n{\"rem");
        assertThat(log.writtenAt(0)).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void aReaderThatFailsIsForAnOperator() throws IOException {
        write("00000000000000000000.json", "");

        assertThatThrownBy(() -> log.read(0, lines -> {
                    throw new IllegalArgumentException("no such thing");
                }))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining(
                        "00000000000000000000.json cannot be read: no such thing. Check that the lake is");
    }

    @Test
    void aReaderThatIsStoppedSaysNothingAgainstTheLog() throws IOException {
        write("00000000000000000000.json", "");

        assertThatThrownBy(() -> log.read(0, lines -> {
                    throw new InterruptedIOException("stopped");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("stopped");
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(table.resolve("_delta_log").resolve(name), content);
    }
}
