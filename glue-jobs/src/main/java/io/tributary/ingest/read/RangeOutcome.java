package io.tributary.ingest.read;

/** What a batch does with an offset range. */
public enum RangeOutcome {
    /** It is read. */
    READ,
    /** It was planned and could not be read; a later batch reads it. */
    DEFERRED,
    /** Kafka no longer has it, and an operator accepted to skip it. */
    LOST,
    /** Retention deleted it before anything of its partition was read. */
    EXPIRED,
    /** It was read before, and the log lost it although it had not expired. Its topic is halted. */
    TRUNCATED
}
