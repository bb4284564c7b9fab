package io.tributary.lab.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.lab.profile.Profile;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LagFiguresTest {

    private final Profile profile = GeneratedRun.profile(100);

    @Test
    void theLagIsTheAgeOfTheOldestThatDoesNotShow() {
        EventTimes events = new EventTimes();
        GeneratedRun.add(events, 2_000, 2_000, 7_500, true, 0);
        GeneratedRun.add(events, 4_000, 4_000, 5_000, true, 1);
        // A late event waits for a merge, which is no lag of the stream.
        GeneratedRun.add(events, 3_000, 3_000, 19_000, false, 1);
        double[] greatest = new LagFigures(profile, events, GeneratedRun.START).greatest();

        assertThat(greatest[2]).isZero();
        assertThat(greatest[4]).isEqualTo(2);
        assertThat(greatest[7]).isEqualTo(5);
        assertThat(greatest[8]).isZero();
        assertThat(greatest[15]).isZero();
    }

    @Test
    void aLagThatGrowsHasItsSlopeAndOneThatSwingsHasNone() {
        LagFigures growing =
                new LagFigures(profile, GeneratedRun.events(profile, due -> 1_000 + due), GeneratedRun.START);
        LagFigures swinging =
                new LagFigures(profile, GeneratedRun.events(profile, due -> 5_000 - due % 5_000), GeneratedRun.START);

        assertThat(growing.slope(Duration.ofSeconds(4), Duration.ofSeconds(20))).isCloseTo(0.5, within(0.1));
        assertThat(swinging.slope(Duration.ofSeconds(5), Duration.ofSeconds(20)))
                .isCloseTo(0, within(0.1));
    }
}
