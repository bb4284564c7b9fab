package io.tributary.compaction.log;

import java.time.Duration;
import java.time.Instant;

/** From one moment to another, both within. */
public record Span(Instant first, Instant last) {

    /** The least that holds both. */
    public Span plus(Span other) {
        return new Span(
                first.isBefore(other.first) ? first : other.first, last.isAfter(other.last) ? last : other.last);
    }

    public Duration length() {
        return Duration.between(first, last);
    }
}
