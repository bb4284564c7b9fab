package io.tributary.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lab.truth.Coordinates;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AbandonedTopicsTest {

    private static final TopicPartitionId PARTITION = new TopicPartitionId("dc1", "events", 0);
    private static final TopicIdentity OLD = TopicIdentity.first("cluster", "old");
    private static final TopicIdentity NEW = OLD.successor(TopicIdentity.first("cluster", "new"));

    private static final OffsetRange SKIPPED = new OffsetRange(PARTITION, 1, 2);
    private static final OffsetRange WAITING = new OffsetRange(PARTITION, 3, 5);

    private final AbandonedTopics abandoned = AbandonedTopics.NONE
            .plus(ReadProgress.EMPTY, List.of(), progress(OLD, 7, SKIPPED))
            .plus(progress(OLD, 7, SKIPPED), List.of(SKIPPED), progress(OLD, 9, WAITING))
            .plus(progress(OLD, 9, WAITING), List.of(), progress(NEW, 2))
            .plus(progress(NEW, 2), List.of(new OffsetRange(PARTITION, 0, 1)), progress(NEW, 4));

    @Test
    void whatWasNotReadOrWaitedOrWasSkippedIsLostWithItsTopic() {
        assertThat(List.of(0L, 2L, 5L, 8L)).noneMatch(offset -> abandoned.isLost(at("old", 0, offset)));
        assertThat(List.of(1L, 3L, 4L, 9L, 1_000L)).allMatch(offset -> abandoned.isLost(at("old", 0, offset)));
        assertThat(abandoned.isLost(at("old", 1, 0)))
                .as("a partition of which nothing was read")
                .isTrue();
    }

    @Test
    void nothingIsLostOfTheTopicThatIsRead() {
        assertThat(List.of(0L, 3L, 9L, 1_000L)).noneMatch(offset -> abandoned.isLost(at("new", 0, offset)));
    }

    @Test
    void aTopicWhoseLogWasCutIsNotAbandoned() {
        TopicIdentity again = OLD.successor(OLD);

        assertThat(AbandonedTopics.NONE.plus(progress(OLD, 7), List.of(), progress(again, 2)))
                .isEqualTo(AbandonedTopics.NONE);
    }

    private static Coordinates at(String topicId, int partition, long offset) {
        return new Coordinates("dc1", "events", topicId, partition, offset);
    }

    private static ReadProgress progress(TopicIdentity identity, long position, OffsetRange... pending) {
        return new ReadProgress(
                new PartitionOffsets(new TreeMap<>(Map.of(PARTITION, position))),
                new TreeSet<>(List.of(pending)),
                new TreeMap<>(Map.of(TopicName.of(PARTITION), identity)),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>());
    }
}
