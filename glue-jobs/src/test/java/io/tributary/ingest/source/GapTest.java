package io.tributary.ingest.source;

import static io.tributary.ingest.source.Sources.partition;
import static io.tributary.ingest.source.Sources.positions;
import static io.tributary.ingest.source.Sources.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import io.tributary.account.Positions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GapTest {

    @Test
    void positionsWithinWhatKafkaHoldsHaveNoGap() {
        assertThat(find(positions(5, 10), reach(positions(5, 0), positions(9, 10))))
                .isEmpty();
        assertThat(find(Positions.EMPTY, reach(positions(5), positions(9)))).isEmpty();
    }

    @Test
    void recordsThatKafkaDeletedUnreadAreAGap() {
        assertThat(find(positions(5, 3), reach(positions(5, 8), positions(9, 10))))
                .singleElement()
                .satisfies(gap -> {
                    assertThat(gap).isEqualTo(new Gap(partition("events", 1), 3, 8));
                    assertThat(gap.words())
                            .isEqualTo("offsets 3 to 7 of fra/events-1 were deleted by Kafka before they were read; to"
                                    + " go on without them, put \"events-1 offsets 3 to 7\" into accept_gaps of the"
                                    + " data centre");
                });
    }

    @Test
    void aTopicThatIsShorterThanWhatWasReadIsAGap() {
        assertThat(find(positions(50), reach(positions(0), positions(9))))
                .singleElement()
                .satisfies(gap -> {
                    assertThat(gap).isEqualTo(new Gap(partition("events", 0), 50, 9));
                    assertThat(gap.words())
                            .isEqualTo(
                                    "offset 50 of fra/events-0 comes next and Kafka ends at 9: the topic was made anew or"
                                            + " its log was cut");
                });
    }

    @Test
    void aPartitionThatItsTopicHasNoMoreIsAGap() {
        assertThat(find(positions(5, 7), reach(positions(0), positions(9))))
                .containsExactly(new Gap(partition("events", 1), 7, 0));
    }

    @Test
    void aTopicThatLeftTheConfigurationIsNoGap() {
        Positions gone = new Positions(Sources.sorted(Map.of(partition("gone", 0), 42L)));

        assertThat(find(positions(5).plus(gone), reach(positions(0), positions(9))))
                .isEmpty();
    }

    @Test
    void ofADeferredRangeOnlyWhatWasNotReadIsAGap() {
        assertThat(find(positions(50), reach(positions(30), positions(99)), range(0, 10, 20), range(0, 25, 40)))
                .containsExactly(new Gap(partition("events", 0), 10, 20), new Gap(partition("events", 0), 25, 30));
    }

    @Test
    void everyGapIsFound() {
        assertThat(find(positions(50, 7, 9), reach(positions(60, 8, 0), positions(99, 9, 9)), range(0, 10, 20)))
                .containsExactly(
                        new Gap(partition("events", 0), 10, 20),
                        new Gap(partition("events", 0), 50, 60),
                        new Gap(partition("events", 1), 7, 8));
    }

    private static Reach reach(Positions earliest, Positions latest) {
        return new Reach(earliest, latest, earliest);
    }

    private static List<Gap> find(Positions positions, Reach reach, OffsetRange... waiting) {
        return Gap.find("fra", new Frontier(positions, new TreeSet<>(Arrays.asList(waiting))), reach);
    }
}
