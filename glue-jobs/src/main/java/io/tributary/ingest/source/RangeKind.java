package io.tributary.ingest.source;

/** What a batch does with an offset range. */
public enum RangeKind {
    /** It is read. */
    READ,
    /** It was to be read and cannot be now; it waits for a later batch. */
    DEFERRED,
    /** Kafka no longer has it and an operator gave it up. */
    LOST
}
