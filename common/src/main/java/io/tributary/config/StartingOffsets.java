package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;

/** Where reading begins in a partition that has no offset yet. */
public sealed interface StartingOffsets extends Serializable {

    Instant MAX_INSTANT = Instant.parse("9999-12-31T23:59:59.999Z");

    /** At the oldest record that the cluster still has. */
    record Earliest() implements StartingOffsets {
        @Override
        public String describe() {
            return "earliest";
        }
    }

    /** At the end: only records that are appended from now on. */
    record Latest() implements StartingOffsets {
        @Override
        public String describe() {
            return "latest";
        }
    }

    /** At the first record whose Kafka timestamp is not before the instant. */
    record At(Instant instant) implements StartingOffsets {
        @Override
        public String describe() {
            return instant.toString();
        }
    }

    /** The text that {@link #parse} reads. */
    String describe();

    /**
     * Reads {@code earliest}, {@code latest} or an ISO-8601 instant. Kafka's times begin in 1970, and -1 means its end
     * of the log there, so an earlier instant is {@code earliest}.
     */
    static StartingOffsets parse(String text) {
        if (text.equals("earliest")) {
            return new Earliest();
        }
        if (text.equals("latest")) {
            return new Latest();
        }
        try {
            Instant instant = Instant.parse(text);
            if (instant.isBefore(Instant.EPOCH)) {
                return new Earliest();
            }
            if (instant.isAfter(MAX_INSTANT)) {
                throw new IllegalArgumentException(
                        Quoted.of(text) + " lies beyond the year 9999; write latest for what is appended from now on");
            }
            return new At(instant);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is not a start; write earliest, latest or an instant like 2026-01-31T08:00:00Z",
                    e);
        }
    }
}
