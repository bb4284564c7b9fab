package io.tributary.lab.chaos;

import io.tributary.lab.evaluate.Freshness;
import java.time.Duration;

/**
 * What a data center felt of another's trouble.
 *
 * @param before its freshness in a calm stretch right before
 * @param blip around the moment when the trouble began
 * @param during while the trouble went on
 */
record Isolation(IsolationScenario trouble, String dataCenter, Freshness before, Freshness blip, Freshness during) {

    /** The p99 may be so many times what it was. */
    static final double MAX_FRESHNESS_RATIO = 1.5;

    /** At the moment when the trouble begins, the others may wait this long once. */
    static final Duration MAX_BLIP = Duration.ofSeconds(20);

    double ratio() {
        return (double) during.p99() / Math.max(1, before.p99());
    }

    /** How much longer the slowest event around the beginning took than the slowest before. */
    Duration stall() {
        return Duration.ofMillis(Math.max(0, blip.max() - before.max()));
    }

    boolean isUnharmed() {
        return before.events() > 0
                && during.events() > 0
                && ratio() <= MAX_FRESHNESS_RATIO
                && stall().compareTo(MAX_BLIP) < 0;
    }
}
