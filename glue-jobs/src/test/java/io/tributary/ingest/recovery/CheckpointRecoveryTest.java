package io.tributary.ingest.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.lake.commit.StagingLog;
import io.tributary.offsets.BatchProgress;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.HadoopFiles;
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

class CheckpointRecoveryTest {

    @TempDir
    private Path dir;

    private final Configuration hadoop = new Configuration();
    private final HadoopFiles files = new HadoopFiles(hadoop);
    private Checkpoints checkpoints;
    private CheckpointRecovery checkpointRecovery;

    @BeforeEach
    void lakeWithABatchPlannedAt100() throws IOException {
        Files.createDirectories(dir.resolve("staging/_delta_log"));
        commit(0, 100);
        checkpoints = new Checkpoints(dir.resolve("checkpoints").toUri().toString(), files);
        checkpointRecovery = new CheckpointRecovery(
                () -> new StagingLog(
                        new CommitLog(dir.resolve("staging").toUri().toString(), hadoop)),
                checkpoints);
    }

    @Test
    void aBatchThatIsCommittedNowhereIsNotItsMatter() {
        wholeCheckpoint();

        assertThat(checkpointRecovery.resolve(unreadable("fra", 101))).isFalse();
        assertThat(checkpointRecovery.resolve(unreadable("fra", 101))).isFalse();
        assertThat(checkpoints.isWhole(metadata(100))).isTrue();
    }

    @Test
    void anotherFailureIsNotItsMatter() {
        assertThat(checkpointRecovery.resolve(new IllegalStateException("broken")))
                .isFalse();
    }

    @Test
    void aBatchThatIsInTheLakeIsTriedOnceMoreAndThenItsCheckpointIsGivenUp() {
        wholeCheckpoint();

        assertThat(checkpointRecovery.resolve(unreadable("fra", 100))).isFalse();
        assertThat(checkpoints.isWhole(metadata(100))).isTrue();

        assertThat(checkpointRecovery.resolve(unreadable("fra", 100))).isTrue();
        assertThat(checkpoints.isWhole(metadata(100))).isFalse();
    }

    @Test
    void aBatchThatTheLakeHasLongLeftBehindCostsNoCheckpoint() throws IOException {
        commit(1, 200);
        wholeCheckpoint();

        assertThat(checkpointRecovery.resolve(unreadable("fra", 100))).isFalse();
        assertThat(checkpointRecovery.resolve(unreadable("fra", 150))).isFalse();
        assertThat(checkpointRecovery.resolve(unreadable("fra", 150))).isFalse();
        assertThat(checkpoints.isWhole(metadata(200))).isTrue();
    }

    @Test
    void aCheckpointThatBeginsAtAHundredThousandPartitionsIsContinued() {
        wholeCheckpoint();
        TreeMap<TopicPartitionId, Long> positions = new TreeMap<>();
        for (int partition = 0; partition < 100_000; partition++) {
            positions.put(new TopicPartitionId("fra", "events", partition), 1_000_000_000L);
        }
        CheckpointStart beginning = new CheckpointStart(
                ReadProgress.EMPTY.after(BatchProgress.NONE.withNewPartitions(new PartitionOffsets(positions))), 100);

        checkpoints.begin("c", beginning);

        assertThat(checkpoints.begin("c", beginning)).isEqualTo(beginning);
        assertThat(checkpoints.beginningOf(metadata(100))).contains(beginning);
    }

    private static Throwable unreadable(String dataCenter, long plannedAt) {
        return new IllegalStateException("io.tributary.ingest.read.UnreplayableBatchException: unreadable range: data"
                + " center " + dataCenter + " topic events partition 0 from 5 until 7 of the batch planned at "
                + plannedAt + ": timed out");
    }

    private void wholeCheckpoint() {
        files.write(checkpoints.checkpoint("c") + "/metadata", "");
        files.write(checkpoints.checkpoint("c") + "/offsets/7", "");
        files.write(checkpoints.checkpoint("c") + "/state/x", "");
    }

    private void commit(long version, long plannedAt) throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("commitInfo").put("userMetadata", metadata(plannedAt).toText());
        Files.writeString(dir.resolve("staging/_delta_log/%020d.json".formatted(version)), root + "\n");
    }

    private static BatchMetadata metadata(long plannedAt) {
        return new BatchMetadata(
                plannedAt,
                "c",
                7,
                plannedAt,
                plannedAt,
                new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 4, Optional.empty()),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                ReadProgress.EMPTY);
    }
}
