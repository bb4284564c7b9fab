package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;

/** Where reading begins in a partition that has no offset yet. */
public sealed interface StartingOffsets extends Serializable {

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

    /** Reads {@code earliest}, {@code latest} or an ISO-8601 instant. */
    static StartingOffsets parse(String text) {
        if (text.equals("earliest")) {
            return new Earliest();
        }
        if (text.equals("latest")) {
            return new Latest();
        }
        try {
            return new At(Instant.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is not a start; write earliest, latest or an instant like 2026-01-31T08:00:00Z",
                    e);
        }
    }
}
