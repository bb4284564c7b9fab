package io.tributary.ingest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.status.StreamStatus;
import io.tributary.runtime.HadoopFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamStatusFileTest {

    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

    @TempDir
    private Path dir;

    @Test
    void theEndIsTheLastThingThatIsTold() throws Exception {
        StreamStatusFile file = file();
        StreamStatus status = new StreamStatus(AT, Duration.ofSeconds(10), true, new TreeMap<>());
        file.accept(status);
        file.end(AT.plusSeconds(1));
        file.accept(status);
        file.end(AT.plusSeconds(2));

        assertThat(file.last().flatMap(StreamStatus::endedAt)).contains(AT.plusSeconds(1));
    }

    @Test
    void whoSaidNothingDoesNotSayOfAnotherThatItEnded() {
        file().end(AT);

        assertThat(Files.exists(dir.resolve("stream.json"))).isFalse();
    }

    private StreamStatusFile file() {
        return new StreamStatusFile(
                dir.resolve("stream.json").toUri().toString(),
                dir.resolve("data-centers.yaml").toUri().toString(),
                new HadoopFiles(new Configuration()));
    }
}
