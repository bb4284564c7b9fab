package io.tributary.ingest.plan;

import static io.tributary.lab.fixtures.SourceFixtures.partition;
import static io.tributary.lab.fixtures.SourceFixtures.positions;
import static io.tributary.lab.fixtures.SourceFixtures.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import org.junit.jupiter.api.Test;

/** What an operator reads when something stands still: coordinates, and the line that is to be pasted. */
class HaltDescriptionTest {

    @Test
    void aGapNamesWhatToPasteToGoOnWithoutIt() {
        assertThat(new Gap(partition("events", 1), 3, 8).describe())
                .isEqualTo(
                        "offsets 3 to 7 of fra/events-1 were deleted by Kafka before they were read; to go on without"
                                + " them, put accept_gaps: [events-1 offsets 3 to 7] into the entry of the data center");
    }

    @Test
    void anotherTopicNamesBothIdentitiesAndHowFarTheOldOneWasRead() {
        TopicIdentity known = TopicIdentity.first("c", "t");
        Halt stop = new ReplacedTopic(
                new TopicName("fra", "events"),
                known,
                known.successor(TopicIdentity.first("c", "u")),
                positions(50, 7));

        assertThat(stop.describe())
                .isEqualTo(
                        "topic fra/events was recreated: it was c/t, read up to offset 50 of partition 0, offset 7 of"
                                + " partition 1, and is c/u now, so these offsets mean nothing in it. To restart it at its"
                                + " earliest offset, put accept_reset: [events as c/u/1] into the entry of the data center; records that"
                                + " are read again are known as duplicates");
    }

    @Test
    void anotherClusterIsToldFromARecreatedTopic() {
        TopicIdentity known = TopicIdentity.first("c", "t");

        assertThat(new ReplacedTopic(
                                new TopicName("fra", "events"),
                                known,
                                known.successor(TopicIdentity.first("d", "u")),
                                positions(50))
                        .describe())
                .startsWith("topic fra/events is on another cluster: it was c/t, ");
    }

    @Test
    void aCutLogNamesWhereItWasCut() {
        assertThat(new TruncatedLog(range(0, 9, 50), TopicIdentity.parse("c/t/1")).describe())
                .startsWith("offset 50 of fra/events-0 comes next and the log was cut at 9: ")
                .contains("accept_reset: [events as c/t/1]");
    }
}
