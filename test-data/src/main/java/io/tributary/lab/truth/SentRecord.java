package io.tributary.lab.truth;

import java.util.Optional;

/**
 * One record that Kafka has acknowledged, as the truth knows it. A record that was refused and then replayed is there
 * twice, with the same coordinates: as malformed, and as the event that it became.
 *
 * @param event what must be seen of it; empty if the record is malformed and must be quarantined
 */
public record SentRecord(Kind kind, Coordinates coordinates, Optional<SentEvent> event) {

    /** How a record counts. */
    public enum Kind {
        EVENT,
        DUPLICATE,
        MALFORMED
    }

    public SentRecord {
        if (event.isPresent() == (kind == Kind.MALFORMED)) {
            throw new IllegalArgumentException("A record is malformed or an event: " + coordinates);
        }
    }

    /**
     * The event that a record carries.
     *
     * @param timeMicros its event time in microseconds since 1970
     * @param payloadHash the {@link Xxh64} of the record's value
     */
    public record SentEvent(Identity identity, long timeMicros, long payloadHash) {}

    public static SentRecord event(Kind kind, Coordinates coordinates, SentEvent event) {
        return new SentRecord(kind, coordinates, Optional.of(event));
    }

    public static SentRecord malformed(Coordinates coordinates) {
        return new SentRecord(Kind.MALFORMED, coordinates, Optional.empty());
    }
}
