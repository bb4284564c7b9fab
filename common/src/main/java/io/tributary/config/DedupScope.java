package io.tributary.config;

/** Within what an event's id is unique. */
public enum DedupScope {
    /** Everywhere: the same id is the same event, whichever data centre it came through. */
    GLOBAL,
    /** Within one data centre: identity is data centre and id. */
    DATA_CENTER
}
