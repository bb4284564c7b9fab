package io.tributary.ingest.source;

import static io.tributary.ingest.source.Sources.partition;
import static io.tributary.ingest.source.Sources.positions;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.account.Positions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GapTest {

    @Test
    void positionsWithinWhatKafkaHoldsHaveNoGap() {
        assertThat(Gap.find(positions(5, 10), reach(positions(5, 0), positions(9, 10))))
                .isEmpty();
        assertThat(Gap.find(Positions.EMPTY, reach(positions(5), positions(9)))).isEmpty();
    }

    @Test
    void recordsThatKafkaDeletedUnreadAreAGap() {
        assertThat(Gap.find(positions(5, 3), reach(positions(5, 8), positions(9, 10))))
                .hasValueSatisfying(gap -> {
                    assertThat(gap).isEqualTo(new Gap(partition("events", 1), 3, 8));
                    assertThat(gap.words())
                            .isEqualTo("offsets 3 to 7 of fra/events-1 were deleted by Kafka before they were read");
                });
    }

    @Test
    void aTopicThatIsShorterThanWhatWasReadIsAGap() {
        assertThat(Gap.find(positions(50), reach(positions(0), positions(9)))).hasValueSatisfying(gap -> {
            assertThat(gap).isEqualTo(new Gap(partition("events", 0), 50, 9));
            assertThat(gap.words())
                    .isEqualTo("offset 50 of fra/events-0 comes next and Kafka ends at 9: the topic was made anew or"
                            + " its log was cut");
        });
    }

    @Test
    void aPartitionThatItsTopicHasNoMoreIsAGap() {
        assertThat(Gap.find(positions(5, 7), reach(positions(0), positions(9))))
                .contains(new Gap(partition("events", 1), 7, 0));
    }

    @Test
    void aTopicThatLeftTheConfigurationIsNoGap() {
        Positions gone = new Positions(Sources.sorted(Map.of(partition("gone", 0), 42L)));

        assertThat(Gap.find(positions(5).plus(gone), reach(positions(0), positions(9))))
                .isEmpty();
    }

    private static Reach reach(Positions earliest, Positions latest) {
        return new Reach(earliest, latest, earliest);
    }
}
