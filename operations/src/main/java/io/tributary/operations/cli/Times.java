package io.tributary.operations.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Times as options name them. */
final class Times {

    private Times() {}

    /** A time with its offset from UTC, such as {@code 2026-03-01T08:00:00Z}; empty if the text is none. */
    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
