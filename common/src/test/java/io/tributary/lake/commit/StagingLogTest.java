package io.tributary.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.error.OperatorActionException;
import io.tributary.offsets.ReadProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingLogTest {

    @TempDir
    Path table;

    @BeforeEach
    void lakeWithTwoBatches() throws IOException {
        Files.createDirectory(table.resolve("_delta_log"));
        write(0, info("CREATE TABLE"));
        batch(1, 1);
        batch(2, 2);
    }

    @Test
    void newerBatchesAreFollowed() throws IOException {
        StagingLog log = log();
        assertThat(log.newest()).map(BatchMetadata::sequence).contains(2L);

        batch(3, 3);
        write(4, info("OPTIMIZE"));

        assertThat(log.newest()).map(BatchMetadata::sequence).contains(3L);
    }

    @Test
    void aTableThatWasPutBackBeforeItsNewestBatchIsRefused() throws IOException {
        StagingLog follower = log();
        restore(3, "1");

        assertThatThrownBy(this::log)
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("put back by a RESTORE to before its newest batch, number 2");
        assertThatThrownBy(follower::newest).isInstanceOf(OperatorActionException.class);
    }

    @Test
    void aRestoreToATimeIsRefusedSinceItsTargetIsNotKnown() throws IOException {
        restore(3, null);

        assertThatThrownBy(this::log).isInstanceOf(OperatorActionException.class);
    }

    @Test
    void onceTheNewestBatchIsBackTheTableIsWhole() throws IOException {
        restore(3, "1");
        restore(4, "2");

        assertThat(log().newest()).map(BatchMetadata::sequence).contains(2L);
    }

    private StagingLog log() {
        return new StagingLog(new CommitLog(table.toUri().toString(), new Configuration()));
    }

    private void restore(long version, String target) throws IOException {
        ObjectNode info = info("RESTORE");
        ((ObjectNode) info.get("commitInfo")).putObject("operationParameters").put("version", target);
        write(version, info);
    }

    private void batch(long version, long sequence) throws IOException {
        ObjectNode info = info("WRITE");
        ((ObjectNode) info.get("commitInfo"))
                .put(
                        "userMetadata",
                        new BatchMetadata(
                                        sequence,
                                        "c",
                                        sequence,
                                        sequence,
                                        sequence,
                                        new DedupStateInfo(
                                                "GLOBAL",
                                                Duration.ofHours(1),
                                                Duration.ofMinutes(5),
                                                4,
                                                Optional.empty()),
                                        new TreeMap<>(),
                                        new TreeSet<>(),
                                        new TreeSet<>(),
                                        ReadProgress.EMPTY)
                                .toText());
        write(version, info);
    }

    private static ObjectNode info(String operation) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("commitInfo").put("timestamp", 1).put("operation", operation);
        return root;
    }

    private void write(long version, ObjectNode line) throws IOException {
        Files.writeString(table.resolve("_delta_log/%020d.json".formatted(version)), line + "\n");
    }
}
