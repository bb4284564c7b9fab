package io.tributary.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

    @Test
    void nothingMeasuredIsNoFreshness() {
        assertThat(new Latencies().freshness()).isEqualTo(Freshness.NONE);
    }

    @Test
    void aDurationIsNeverNegative() {
        Latencies latencies = new Latencies();
        latencies.add(-3);
        assertThat(latencies.freshness()).isEqualTo(new Freshness(1, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void percentilesAreThoseOfTheSortedDurations(long seed) {
        Random random = new Random(seed);
        long[] millis =
                random.longs(1 + random.nextInt(3_000), 0, 1L << (4 + 3 * seed)).toArray();
        Latencies latencies = new Latencies();
        Arrays.stream(millis).forEach(latencies::add);
        Arrays.sort(millis);
        assertThat(latencies.freshness())
                .isEqualTo(new Freshness(
                        millis.length,
                        nth(millis, 0.5),
                        nth(millis, 0.95),
                        nth(millis, 0.99),
                        millis[millis.length - 1]));
    }

    private static long nth(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
