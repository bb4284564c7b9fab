package io.tributary.ingest.plan;

import static org.assertj.core.api.Assertions.assertThat;

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

class LagReportTest {

    private static final TopicName OLD = new TopicName("frankfurt", "events");
    private static final TopicName NEW = new TopicName("fra", "events");
    private static final TopicIdentity IDENTITY = TopicIdentity.first("cluster", "topic");

    @Test
    void aDataCenterThatBeginsWithWhatAnotherHasReadIsFound() {
        assertThat(LagReport.readByOthers(before(Map.of(OLD, IDENTITY)), beginning(IDENTITY)))
                .isEqualTo(Map.of(NEW, OLD));
    }

    @Test
    void aTopicOfAnotherClusterOrOfAnUnknownOneIsAnother() {
        TopicIdentity untold = TopicIdentity.first("cluster", TopicIdentity.UNTOLD);

        assertThat(LagReport.readByOthers(
                        before(Map.of(OLD, IDENTITY)), beginning(TopicIdentity.first("cluster", "other"))))
                .isEmpty();
        assertThat(LagReport.readByOthers(before(Map.of(OLD, untold)), beginning(IDENTITY)))
                .isEmpty();
    }

    @Test
    void newPartitionsOfAKnownTopicAreItsOwnMatter() {
        assertThat(LagReport.readByOthers(before(Map.of(OLD, IDENTITY, NEW, IDENTITY)), beginning(IDENTITY)))
                .isEmpty();
    }

    private static ReadProgress before(Map<TopicName, TopicIdentity> identities) {
        return new ReadProgress(
                PartitionOffsets.EMPTY,
                new TreeSet<>(),
                new TreeMap<>(identities),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>());
    }

    private static BatchPlan beginning(TopicIdentity identity) {
        return new BatchPlan(
                new TreeMap<>(Map.of(NEW, identity)),
                new PartitionOffsets(new TreeMap<>(Map.of(new TopicPartitionId("fra", "events", 0), 0L))),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                List.of());
    }
}
