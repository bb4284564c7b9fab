package io.tributary.ingest.plan;

import static io.tributary.lab.fixtures.SourceFixtures.partition;
import static io.tributary.lab.fixtures.SourceFixtures.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.AcceptedGap;
import io.tributary.config.AcceptedReset;
import io.tributary.offsets.TopicIdentity;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptedDataLossTest {

    private static final Gap GAP = new Gap(partition("events", 0), 100, 250);

    @Test
    void aGapThatIsAcceptedWholeIsGivenUpAndNoMoreThanIt() {
        assertThat(givenUp(100, 250).covers(GAP)).contains(range(0, 100, 250));
        assertThat(givenUp(0, 9999).covers(GAP)).contains(range(0, 100, 250));
    }

    @Test
    void aGapThatIsAcceptedInPartIsNotGivenUp() {
        assertThat(givenUp(101, 250).covers(GAP)).isEmpty();
        assertThat(givenUp(100, 249).covers(GAP)).isEmpty();
        assertThat(AcceptedDataLoss.NONE.covers(GAP)).isEmpty();
    }

    @Test
    void anotherPartitionOrTopicIsNotGivenUp() {
        assertThat(givenUp(100, 250).covers(new Gap(partition("events", 1), 100, 250)))
                .isEmpty();
        assertThat(givenUp(100, 250).covers(new Gap(partition("audit", 0), 100, 250)))
                .isEmpty();
    }

    @Test
    void aResetIsAllowedForTheIdentityThatItNamesAndNoOther() {
        AcceptedDataLoss acceptances = new AcceptedDataLoss(List.of(), List.of(AcceptedReset.parse("events as c/t/1")));

        assertThat(acceptances.allow("events", TopicIdentity.parse("c/t/1"))).isTrue();
        assertThat(acceptances.allow("events", TopicIdentity.parse("c/t/2"))).isFalse();
        assertThat(acceptances.allow("events", TopicIdentity.parse("c/u/1"))).isFalse();
        assertThat(acceptances.allow("audit", TopicIdentity.parse("c/t/1"))).isFalse();
    }

    private static AcceptedDataLoss givenUp(long from, long until) {
        return new AcceptedDataLoss(List.of(new AcceptedGap("events", 0, from, until)), List.of());
    }
}
