package io.tributary.compaction.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.lake.log.AddAction;
import io.tributary.lake.log.CommitActions;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StagedFilesTest {

    @Test
    void filesOfAllCommitsAreNew() {
        assertThat(paths(List.of(batch(2), added("a"), added("b")), List.of(), List.of(batch(1), added("c"))))
                .contains(List.of("a", "b", "c"));
        assertThat(paths()).contains(List.of());
    }

    @Test
    void whatWasMovedIsNotNew() {
        assertThat(paths(List.of(batch(1), added("a")), List.of(removed("old"), moved("packed"))))
                .contains(List.of("a"));
    }

    @Test
    void aFileThatIsGoneAgainLeavesItOpenWhereItsRowsAre() {
        assertThat(paths(List.of(batch(1), added("a")), List.of(removed("a"), moved("packed"))))
                .isEmpty();
        assertThat(paths(List.of(batch(2), added("a"), added("b")), List.of(removed("b"))))
                .isEmpty();
    }

    @Test
    void filesWithOtherRowsThanTheirBatchCountsLeaveItOpen() {
        assertThat(paths(List.of(batch(1), added("a")))).contains(List.of("a"));
        assertThat(paths(List.of(batch(2), added("a")))).isEmpty();
        assertThat(paths(List.of(batch(1)))).isEmpty();
        assertThat(paths(List.of(batch(0)))).contains(List.of());
        assertThat(paths(List.of(added("a")))).isEmpty();
        assertThat(paths(List.of(batch(1), add("a", true, "{}")))).isEmpty();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static Optional<List<String>> paths(List<String>... commits) {
        return StagedFiles.of(Stream.of(commits).map(CommitActions::parse).toList())
                .map(files -> files.stream().map(AddAction::path).toList());
    }

    private static String added(String path) {
        return add(path, true, "{\\\"numRecords\\\":1}");
    }

    private static String moved(String path) {
        return add(path, false, "{\\\"numRecords\\\":9}");
    }

    private static String add(String path, boolean dataChange, String statistics) {
        return "{\"add\":{\"path\":\"" + path + "\",\"partitionValues\":{},\"size\":1,"
                + "\"modificationTime\":1,\"dataChange\":" + dataChange + ",\"stats\":\"" + statistics + "\"}}";
    }

    private static String batch(long staged) {
        TreeMap<TopicPartitionId, RangeStats> ranges = new TreeMap<>();
        ranges.put(new TopicPartitionId("fra", "events", 0), new RangeStats(0, staged, staged, staged, 0, 0, 0, 0));
        BatchMetadata metadata = new BatchMetadata(
                1,
                "c",
                1,
                1,
                1,
                new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 2, Optional.empty()),
                ranges,
                new TreeSet<>(),
                new TreeSet<>(),
                ReadProgress.EMPTY);
        return "{\"commitInfo\":{\"timestamp\":1,\"operation\":\"WRITE\",\"operationParameters\":{},"
                + "\"userMetadata\":\"" + metadata.toText().replace("\"", "\\\"") + "\"}}";
    }

    private static String removed(String path) {
        return "{\"remove\":{\"path\":\"" + path + "\",\"dataChange\":false}}";
    }
}
