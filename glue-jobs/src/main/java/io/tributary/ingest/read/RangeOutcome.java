package io.tributary.ingest.read;

/** What a batch does with an offset range. */
public enum RangeOutcome {
    /** It is read. */
    READ,
    /** It was to be read and cannot be now; it waits for a later batch. */
    DEFERRED,
    /** Kafka no longer has it and an operator gave it up. */
    LOST,
    /** Retention took it before anything of its partition was read. */
    EXPIRED,
    /** It was read before and Kafka has it no more, though it did not expire; its topic stands still. */
    TRUNCATED
}
