package io.tributary.compaction.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.lake.replay.ReplayInput;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.lake.replay.ReplayRequests;
import io.tributary.lake.status.AuditStatus;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
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
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches 1 to 5 are a minute apart; the third reads the last of the request. */
class ReplayCopyCleanupTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final Instant READ = START.plusSeconds(180);
    private static final TopicPartitionId INPUT =
            new TopicPartitionId("fra", ReplayTopic.ofQuarantine("20260301-070000"), 0);
    private static final int LENGTH = 100;

    @TempDir
    Path dir;

    private Lake lake;
    private HadoopFiles files;
    private Path records;

    @BeforeEach
    void requestAndBatches() throws IOException {
        lake = Lake.of(Optional.of(dir.toUri().toString()), PipelineConfig.defaults());
        files = new HadoopFiles(new Configuration());
        ReplayRequests requests = new ReplayRequests(lake.replays(), files);
        String copy = requests.records("20260301-070000", "fra");
        records = Path.of(URI.create(copy));
        Files.createDirectories(records.getParent());
        Files.writeString(records, "x".repeat(LENGTH));
        requests.create(new ReplayRequest(
                "20260301-070000",
                ReplayRequest.Kind.QUARANTINE,
                START,
                "me",
                Optional.of("a test"),
                0,
                "records",
                List.of(ReplayInput.ofFile(new OffsetRange(INPUT, 0, LENGTH), Optional.of(3L), copy, LENGTH)),
                new TreeMap<>()));
        Path log = Files.createDirectories(Path.of(URI.create(lake.staging())).resolve("_delta_log"));
        for (int sequence = 1; sequence <= 5; sequence++) {
            ObjectNode root = JsonNodeFactory.instance.objectNode();
            root.putObject("commitInfo")
                    .put("timestamp", START.toEpochMilli())
                    .put("operation", "WRITE")
                    .put("userMetadata", batch(sequence).toText());
            Files.writeString(log.resolve("%020d.json".formatted(sequence - 1)), root + "\n");
        }
    }

    @Test
    void theCopiesGoOnceTheyAreMergedAndAudited() {
        audited(READ.plus(Duration.ofHours(1)), 0);
        maintain(READ);
        assertThat(records.getParent()).doesNotExist();
        assertThat(files.list(lake.replays())).as("the request is history").hasSize(1);
    }

    @Test
    void whatIsNotMergedStays() {
        audited(READ.plus(Duration.ofDays(1)), 0);
        maintain(READ.minusMillis(1));
        assertThat(records).exists();
    }

    @Test
    void whatIsNotAuditedStays() {
        maintain(READ.plusSeconds(90));
        assertThat(records).exists();
        audited(READ.plus(Duration.ofHours(1)).minusMillis(1), 0);
        maintain(READ.plusSeconds(90));
        assertThat(records).as("audited before it was read").exists();
        audited(READ.plus(Duration.ofDays(1)), 1);
        maintain(READ.plusSeconds(90));
        assertThat(records).as("an audit with findings").exists();
    }

    @Test
    void theNewestBatchMayBeReadAgain() throws IOException {
        Path log = Path.of(URI.create(lake.staging())).resolve("_delta_log");
        Files.delete(log.resolve("%020d.json".formatted(4)));
        Files.delete(log.resolve("%020d.json".formatted(3)));
        audited(READ.plus(Duration.ofDays(1)), 0);
        maintain(READ.plusSeconds(90));
        assertThat(records).exists();
    }

    private void audited(Instant at, long findings) {
        files.write(lake.auditStatus(), new AuditStatus(at, false, findings).toText());
    }

    private void maintain(Instant watermark) {
        new ReplayCopyCleanup(lake, new Configuration(), new MergeWatermark(watermark, 1)).deleteDone();
    }

    private static BatchMetadata batch(int sequence) {
        long committedAt = START.plusSeconds(60L * sequence).toEpochMilli();
        return new BatchMetadata(
                sequence,
                "checkpoint",
                sequence,
                committedAt,
                committedAt,
                new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 2, Optional.empty()),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new ReadProgress(
                        new PartitionOffsets(new TreeMap<>(Map.of(INPUT, sequence < 3 ? 40L : (long) LENGTH))),
                        new TreeSet<>()));
    }
}
