package io.tributary.ingest.source;

import static io.tributary.ingest.source.Sources.partition;
import static io.tributary.ingest.source.Sources.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.AcceptedGap;
import java.util.List;
import org.junit.jupiter.api.Test;

class GivenUpTest {

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
        assertThat(new GivenUp(List.of()).covers(GAP)).isEmpty();
    }

    @Test
    void anotherPartitionOrTopicIsNotGivenUp() {
        assertThat(givenUp(100, 250).covers(new Gap(partition("events", 1), 100, 250)))
                .isEmpty();
        assertThat(givenUp(100, 250).covers(new Gap(partition("audit", 0), 100, 250)))
                .isEmpty();
    }

    @Test
    void aLogThatIsShorterThanWhatWasReadCannotBeGivenUp() {
        assertThat(givenUp(0, 9999).covers(new Gap(partition("events", 0), 250, 100)))
                .isEmpty();
    }

    private static GivenUp givenUp(long from, long until) {
        return new GivenUp(List.of(new AcceptedGap("events", 0, from, until)));
    }
}
