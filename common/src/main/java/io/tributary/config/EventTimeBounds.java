package io.tributary.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How far an event's time may be before or after the planning time of its batch. An event outside these bounds goes to
 * quarantine as {@code event_time_out_of_range}.
 */
public record EventTimeBounds(Duration maxAge, Duration maxAhead) implements Serializable {

    static final EventTimeBounds DEFAULTS = new EventTimeBounds(Duration.ofDays(7300), Duration.ofMinutes(5));

    public EventTimeBounds {
        Durations.requirePositive(maxAge);
        Durations.requireNotNegative(maxAhead);
    }
}
