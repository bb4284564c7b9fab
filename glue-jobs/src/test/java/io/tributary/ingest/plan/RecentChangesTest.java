package io.tributary.ingest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.status.RecordedChange;
import io.tributary.runtime.HadoopFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentChangesTest {

    private static final Instant AT = Instant.parse("2026-01-31T08:00:00Z");

    @TempDir
    Path dir;

    @Test
    void theNewestLinesOfTheHistoryAreTold() throws IOException {
        RecentChanges changes = changes();
        assertThat(changes.newest()).isEmpty();

        for (int i = 0; i < 25; i++) {
            write(change(i).toLine() + "\n");
        }
        assertThat(changes.newest()).hasSize(20).startsWith(change(5)).endsWith(change(24));
    }

    @Test
    void aLineThatSomebodySpoiltCostsNothingElse() throws IOException {
        write("by hand\n");
        assertThat(changes().newest()).isEmpty();
    }

    private RecentChanges changes() {
        return new RecentChanges(
                dir.resolve("data-centers.yaml").toUri().toString(), new HadoopFiles(new Configuration()));
    }

    private void write(String line) throws IOException {
        Files.writeString(
                dir.resolve("data-centers.yaml.history.jsonl"),
                line,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static RecordedChange change(int second) {
        return new RecordedChange(
                AT.plusSeconds(second),
                "me",
                RecordedChange.Action.PAUSE,
                "fra",
                "maintenance",
                List.of("is paused"),
                Optional.empty());
    }
}
