package io.tributary.lab.chaos;

import io.tributary.lab.evaluate.Freshness;

/** The freshness of a data center that sent good records, before and while something happened to another. */
record ObservedImpact(String dataCenter, Freshness before, Freshness during) {

    boolean isUnharmed() {
        return before.events() > 0
                && during.events() > 0
                && during.max() - before.max() < Isolation.MAX_BLIP.toMillis();
    }
}
