package io.tributary.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lab.evaluate.Freshness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IsolationTest {

    private static final Freshness BEFORE = freshness(10_000, 12_000);

    @Test
    void whoeverStaysWithinTheRatioAndTheBlipIsUnharmed() {
        Isolation isolation = isolation(BEFORE, freshness(15_000, 31_999), freshness(15_000, 16_000));

        assertThat(isolation.ratio()).isEqualTo(1.5);
        assertThat(isolation.stall()).isEqualTo(Duration.ofMillis(19_999));
        assertThat(isolation.isUnharmed()).isTrue();
    }

    @Test
    void aFreshnessThatIsWorseWhileTheTroubleGoesOnIsHarm() {
        assertThat(isolation(BEFORE, BEFORE, freshness(15_001, 15_001)).isUnharmed())
                .isFalse();
    }

    @Test
    void aBlipOfTwentySecondsIsHarm() {
        assertThat(isolation(BEFORE, freshness(10_000, 32_000), BEFORE).isUnharmed())
                .isFalse();
    }

    @Test
    void withoutEventsNothingIsProved() {
        assertThat(isolation(Freshness.NONE, BEFORE, BEFORE).isUnharmed()).isFalse();
        assertThat(isolation(BEFORE, BEFORE, Freshness.NONE).isUnharmed()).isFalse();
    }

    private static Isolation isolation(Freshness before, Freshness blip, Freshness during) {
        return new Isolation(IsolationScenario.HANGS, "dc1", before, blip, during);
    }

    private static Freshness freshness(long p99, long max) {
        return new Freshness(100, 5_000, 8_000, p99, max);
    }
}
