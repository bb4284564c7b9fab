package io.tributary.lab.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lab.profile.Profile;
import java.time.Duration;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class StepsTest {

    private static final long STEADY = 4_000;

    @Test
    void theKneeIsTheLastStepBeforeTheLagGrows() {
        Profile profile = GeneratedRun.profile(100, 200, 400, 100);
        // In the third step an event waits 0.7 s longer for each second, and afterwards that is worked off.
        Steps steps = steps(profile, due -> STEADY + waiting(due));

        assertThat(steps.all()).extracting(Steps.Step::keepsUp).startsWith(true, true, false);
        assertThat(steps.sustained()).contains(200);
        assertThat(steps.isKneeFound()).isTrue();
        assertThat(steps.all().get(2).slope()).isGreaterThan(0.2);
        assertThat(steps.returned().orElseThrow()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(19));
    }

    @Test
    void whereEveryStepIsKeptUpWithTheGreatestIsALowerBound() {
        Steps steps = steps(GeneratedRun.profile(100, 200, 100), due -> STEADY);

        assertThat(steps.sustained()).contains(200);
        assertThat(steps.isKneeFound()).isFalse();
        assertThat(steps.returned()).contains(Duration.ZERO);
    }

    @Test
    void whatDoesNotComeBackHasNotReturned() {
        Steps steps = steps(GeneratedRun.profile(100, 400, 100), due -> STEADY + (due < 20_000 ? 0 : 30_000));

        assertThat(steps.sustained()).contains(100);
        assertThat(steps.returned()).isEmpty();
    }

    @Test
    void aStepWhoseGeneratorWasLateSaysNothing() {
        Profile profile = GeneratedRun.profile(100, 200, 100);
        EventTimes events = GeneratedRun.events(profile, due -> STEADY);
        Steps steps = new Steps(
                profile,
                GeneratedRun.times(profile, 1, 500, 1),
                new FreshnessFigures(profile, events, GeneratedRun.START),
                new LagFigures(profile, events, GeneratedRun.START));

        assertThat(steps.sustained()).contains(100);
    }

    private static long waiting(long due) {
        if (due < 40_000) {
            return 0;
        }
        return due < 60_000 ? (due - 40_000) * 7 / 10 : Math.max(0, 14_000 - 2 * (due - 60_000));
    }

    private static Steps steps(Profile profile, LongUnaryOperator latency) {
        EventTimes events = GeneratedRun.events(profile, latency);
        return new Steps(
                profile,
                GeneratedRun.times(profile),
                new FreshnessFigures(profile, events, GeneratedRun.START),
                new LagFigures(profile, events, GeneratedRun.START));
    }
}
