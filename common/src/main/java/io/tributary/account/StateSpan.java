package io.tributary.account;

import java.time.Duration;
import java.util.Optional;

/**
 * What the deduplication state can know: which identities it keeps, for how long, and since when.
 *
 * @param allowance how far ahead of its arrival an event's time may lie; a smaller one than events were taken in with
 *     would trust what it must not
 * @param since milliseconds since the epoch; empty if the state has seen every event that the lake ever took in
 */
public record StateSpan(String scope, Duration window, Duration allowance, int partitions, Optional<Long> since) {

    /** Whether a state with these settings can go on with what the other one holds. */
    public boolean continues(StateSpan other) {
        return scope.equals(other.scope)
                && window.equals(other.window)
                && allowance.equals(other.allowance)
                && partitions == other.partitions;
    }

    /** The same settings with an empty state that begins to fill at the given time, in milliseconds. */
    public StateSpan startingAt(long millis) {
        return new StateSpan(scope, window, allowance, partitions, Optional.of(millis));
    }
}
