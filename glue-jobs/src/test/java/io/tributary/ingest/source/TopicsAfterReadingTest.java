package io.tributary.ingest.source;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.discovery.OffsetFetcher;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicsAfterReadingTest {

    private static final TopicIdentity PLANNED = TopicIdentity.first("cluster", "planned");

    private final Map<String, Callable<SortedMap<String, TopicIdentity>>> told = new HashMap<>();
    private final OffsetFetcher offsetFetcher = new OffsetFetcher(this::connect, Clock.systemUTC());
    private final TopicsAfterReading topics = new TopicsAfterReading(offsetFetcher, Duration.ofSeconds(5));

    @BeforeEach
    void planABatch() throws InterruptedException {
        offsetFetcher.ask(DataCenters.parse("""
                        data_centers:
                          - {name: fra, bootstrap_servers: "fra:9092", topics: [events]}
                          - {name: nyc, bootstrap_servers: "nyc:9092", topics: [events]}
                        """, "test").all(), ReadProgress.EMPTY, Duration.ofSeconds(5));
        told.put("nyc", () -> topics(PLANNED));
    }

    @AfterEach
    void close() {
        offsetFetcher.close();
    }

    private OffsetFetcher.Cluster connect(DataCenter center) {
        return new OffsetFetcher.Cluster() {
            @Override
            public OffsetBounds reach(ReadProgress known) {
                PartitionOffsets none = new PartitionOffsets(new TreeMap<>());
                return new OffsetBounds(none, none, none);
            }

            @Override
            public SortedMap<String, TopicIdentity> identities() throws Exception {
                return told.get(center.name()).call();
            }

            @Override
            public void close() {}
        };
    }

    private static SortedMap<String, TopicIdentity> topics(TopicIdentity identity) {
        return new TreeMap<>(Map.of("events", identity));
    }

    private static SortedMap<TopicName, TopicIdentity> read() {
        return new TreeMap<>(Map.of(new TopicName("fra", "events"), PLANNED, new TopicName("nyc", "events"), PLANNED));
    }

    @Test
    void aBatchOfThePlannedTopicsIsWritten() {
        told.put("fra", () -> topics(PLANNED));

        assertThatCode(() -> topics.require(read())).doesNotThrowAnyException();
    }

    @Test
    void aBatchOfARecreatedTopicIsNot() {
        told.put("fra", () -> topics(TopicIdentity.first("cluster", "another")));

        assertThatThrownBy(() -> topics.require(read()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("fra/events was recreated while a batch read it: it was cluster/planned and is"
                        + " cluster/another")
                .hasMessageContaining("nothing of the batch was written");
    }

    @Test
    void anotherClusterAtTheSameAddressIsAnotherTopic() {
        told.put("fra", () -> topics(TopicIdentity.first("other", "planned")));

        assertThatThrownBy(() -> topics.require(read())).hasMessageContaining("is other/planned");
    }

    @Test
    void whoDoesNotAnswerOrHasDeletedTheTopicHoldsUpNobody() {
        told.put("fra", () -> {
            throw new IOException("connection refused");
        });
        assertThatCode(() -> topics.require(read())).doesNotThrowAnyException();

        told.put("fra", TreeMap::new);
        assertThatCode(() -> topics.require(read())).doesNotThrowAnyException();
    }

    @Test
    void anAnswerThatDoesNotComeIsWaitedForNoLongerThanTheTimeout() {
        TopicsAfterReading hasty = new TopicsAfterReading(offsetFetcher, Duration.ofMillis(50));
        told.put("fra", () -> {
            Thread.sleep(Duration.ofMinutes(5).toMillis());
            return topics(PLANNED);
        });

        assertThatCode(() -> hasty.require(read())).doesNotThrowAnyException();
    }

    @Test
    void whatIsReadAgainByRequestIsHeldAgainstItsTopicInKafka() {
        told.put("fra", () -> topics(TopicIdentity.first("cluster", "another")));

        assertThatThrownBy(() -> topics.require(new TreeMap<>(
                        Map.of(new TopicName("fra", ReplayTopic.ofKafka("20260131-080000", "events")), PLANNED))))
                .hasMessageContaining("was recreated while a batch read it");
    }
}
