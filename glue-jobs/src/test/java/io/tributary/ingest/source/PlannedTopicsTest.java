package io.tributary.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.read.RangeReadTask;
import io.tributary.lab.fixtures.SourceFixtures;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.TopicIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlannedTopicsTest {

    private static final RangeReadTask RANGE =
            RangeReadTask.of(SourceFixtures.range(0, 3, 10), RangeReadTask.UNKNOWN_EPOCH);

    @Test
    void theTopicThatTheBatchWasPlannedForIsRead() {
        assertThat(topics("c/t").problem(planned("c/t"))).isEmpty();
        assertThat(topics("c/t").problem(planned("c/t/2"))).as("after a reset").isEmpty();
    }

    @Test
    void anotherTopicOrClusterIsNot() {
        assertThat(topics("c/u").problem(planned("c/t")))
                .hasValue("the topic was recreated after the batch was planned; it is c/u now");
        assertThat(topics("d/t").problem(planned("c/t"))).isPresent();
    }

    @Test
    void whatIsNotKnownInTimeIsNotRead() {
        assertThat(new PlannedTopics(Map.of()).problem(planned("c/t"))).isPresent();
    }

    @Test
    void brokersThatReportNoIdsAreRead() {
        assertThat(topics("-/-").problem(planned("c/t"))).isEmpty();
        assertThat(topics("c/t").problem(RANGE)).isEmpty();
    }

    private static RangeReadTask planned(String identity) {
        return RANGE.of(Optional.of(TopicIdentity.parse(identity)));
    }

    private static PlannedTopics topics(String identity) {
        PartitionOffsets offsets = SourceFixtures.positions(0);
        return new PlannedTopics(Map.of(
                "fra",
                new OffsetBounds(
                        offsets,
                        offsets,
                        offsets,
                        offsets,
                        new TreeMap<>(Map.of("events", TopicIdentity.parse(identity))),
                        new TreeSet<>(offsets.offsets().keySet()),
                        List.of(),
                        new TreeSet<>(),
                        new TreeMap<>())));
    }
}
