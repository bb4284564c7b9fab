package io.tributary.lab.evaluate;

import java.util.OptionalLong;

/** Tells when an event became visible more closely than the answers do, which come seconds apart. */
public interface VisibleSince {

    /** Knows nothing, so that the answers alone count. */
    VisibleSince UNKNOWN = new VisibleSince() {
        @Override
        public void look() {}

        @Override
        public OptionalLong of(long arrivedMillis, boolean isOnTime) {
            return OptionalLong.empty();
        }
    };

    /** Learns what happened since it was last asked to. */
    void look();

    /** When an event that arrived then became visible, milliseconds since the epoch. */
    OptionalLong of(long arrivedMillis, boolean isOnTime);
}
