package io.tributary.lab.truth;

import io.tributary.lab.truth.SentRecord.Kind;

/** How many records a data center has sent, of each kind. */
public record SentCounts(long events, long duplicates, long malformed) {

    public static final SentCounts EMPTY = new SentCounts(0, 0, 0);

    public SentCounts plus(SentCounts other) {
        return new SentCounts(events + other.events, duplicates + other.duplicates, malformed + other.malformed);
    }

    public SentCounts plusOne(Kind kind) {
        return switch (kind) {
            case EVENT -> new SentCounts(events + 1, duplicates, malformed);
            case DUPLICATE -> new SentCounts(events, duplicates + 1, malformed);
            case MALFORMED, REFUSED -> new SentCounts(events, duplicates, malformed + 1);
        };
    }

    public long all() {
        return events + duplicates + malformed;
    }
}
