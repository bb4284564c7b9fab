package io.tributary.lab.truth;

import java.util.Optional;

/**
 * One record that Kafka has acknowledged, as the truth knows it.
 *
 * @param event what must be seen of it; of a refused one, once it was replayed; empty if the record is malformed
 */
public record SentRecord(Kind kind, Coordinates coordinates, Optional<SentEvent> event) {

    /** How a record counts. */
    public enum Kind {
        EVENT,
        DUPLICATE,
        /** No event by any rules: it must be quarantined. */
        MALFORMED,
        /** No event by the rules that are in force when it is sent, and one by others: it must be quarantined, and can be replayed. */
        REFUSED
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

    /** @param wouldBe what it is by other rules */
    public static SentRecord refused(Coordinates coordinates, SentEvent wouldBe) {
        return new SentRecord(Kind.REFUSED, coordinates, Optional.of(wouldBe));
    }

    public static SentRecord malformed(Coordinates coordinates) {
        return new SentRecord(Kind.MALFORMED, coordinates, Optional.empty());
    }

    /** Whether it must be quarantined. */
    public boolean isRejected() {
        return kind == Kind.MALFORMED || kind == Kind.REFUSED;
    }

    /** The same record as the data center of another name, which is the same cluster, has delivered it. */
    public SentRecord deliveredAs(String dataCenter) {
        return new SentRecord(kind, coordinates.of(dataCenter), event);
    }
}
