package io.tributary.lab.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FingerprintIndexTest {

    @Test
    void numbersAsAMapWould() {
        Random random = new Random(7);
        FingerprintIndex index = new FingerprintIndex();
        Map<Fingerprint, Integer> map = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            // Few different halves, so that fingerprints share one of them, and slots collide.
            Fingerprint fingerprint = new Fingerprint(random.nextInt(200), (long) random.nextInt(200) << 33);
            int expected = map.computeIfAbsent(fingerprint, unknown -> map.size());
            assertThat(index.add(fingerprint)).isEqualTo(expected);
        }
        assertThat(index.size()).isEqualTo(map.size());
        map.forEach((fingerprint, number) -> {
            assertThat(index.find(fingerprint.high(), fingerprint.low())).isEqualTo(number);
            assertThat(index.get(number)).isEqualTo(fingerprint);
        });
    }

    @Test
    void whatWasNeverAddedIsNotFound() {
        FingerprintIndex index = new FingerprintIndex();
        assertThat(index.find(0, 0)).isEqualTo(-1);
        assertThat(index.add(0, 0)).isZero();
        assertThat(index.find(0, 0)).isZero();
        assertThat(index.find(0, 1)).isEqualTo(-1);
        assertThatThrownBy(() -> index.get(1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("1");
    }
}
