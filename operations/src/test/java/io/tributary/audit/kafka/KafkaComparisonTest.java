package io.tributary.audit.kafka;

import static io.tributary.lab.fixtures.SourceFixtures.partition;
import static io.tributary.lab.fixtures.SourceFixtures.positions;
import static io.tributary.lab.fixtures.SourceFixtures.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.offsets.BatchProgress;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KafkaComparisonTest {

    @Test
    void whatIsThereAndWhatWasReadFit() {
        KafkaComparison comparison = compare(read(positions(40), range(0, 10, 12)), reach("c/t", 5, 100));

        assertThat(comparison.findings()).isEmpty();
        assertThat(comparison.rows())
                .singleElement()
                .asString()
                .containsSubsequence("fra", "events", "0", "5", "40", "100", "60", "2");
        assertThat(comparison.text()).contains("Kafka and the log fit");
    }

    @Test
    void anotherTopicIsAFindingThoughItIsLonger() {
        assertThat(compare(read(positions(40)), reach("c/u", 0, 100)).findings())
                .singleElement()
                .asString()
                .startsWith("topic fra/events was recreated");
    }

    @Test
    void aLogThatEndsBeforeWhatWasReadIsAFinding() {
        assertThat(compare(read(positions(40)), reach("c/t", 0, 30)).findings())
                .singleElement()
                .asString()
                .startsWith("offset 40 of fra/events-0 comes next and the log was cut at 30");
    }

    @Test
    void unreadOffsetsThatAreGoneAreAFinding() {
        assertThat(compare(read(positions(40), range(0, 10, 12)), reach("c/t", 50, 100))
                        .findings())
                .hasSize(2);
    }

    @Test
    void whoDoesNotAnswerIsAFinding() {
        KafkaComparison comparison = KafkaComparison.of(
                read(positions(40)), new TreeMap<>(Map.of("fra", new KafkaComparison.Silent("refused"))));

        assertThat(comparison.findings())
                .containsExactly("data center fra does not answer, so nothing is known of it: refused");
    }

    private static KafkaComparison compare(ReadProgress read, OffsetBounds reach) {
        return KafkaComparison.of(read, new TreeMap<>(Map.of("fra", new KafkaComparison.Reached(reach))));
    }

    private static ReadProgress read(PartitionOffsets positions, OffsetRange... pending) {
        return new ReadProgress(positions, new TreeSet<>(Arrays.asList(pending)))
                .after(BatchProgress.NONE.withIdentities(
                        new TreeMap<>(Map.of(new TopicName("fra", "events"), TopicIdentity.parse("c/t")))));
    }

    private static OffsetBounds reach(String identity, long earliest, long latest) {
        return new OffsetBounds(
                positions(earliest),
                positions(latest),
                positions(latest),
                positions(earliest),
                new TreeMap<>(Map.of("events", TopicIdentity.parse(identity))),
                new TreeSet<>(List.of(partition("events", 0))),
                List.of(),
                new TreeSet<>(),
                new TreeMap<>());
    }
}
