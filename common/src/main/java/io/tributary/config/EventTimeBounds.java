package io.tributary.config;

import java.io.Serializable;
import java.time.Duration;

/** How far an event's time may lie before or ahead of its arrival; beyond that it is absurd and goes to quarantine. */
public record EventTimeBounds(Duration maxAge, Duration maxAhead) implements Serializable {

    static final EventTimeBounds DEFAULTS = new EventTimeBounds(Duration.ofDays(7300), Duration.ofMinutes(5));

    public EventTimeBounds {
        Durations.requirePositive(maxAge);
        Durations.requireNotNegative(maxAhead);
    }
}
