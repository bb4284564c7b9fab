package io.tributary.config;

/** Within what an event's id is unique. */
public enum DedupScope {
    /** Everywhere: the same id is the same event, whichever data center it came through. */
    GLOBAL,
    /** Within one data center: identity is data center and id. */
    DATA_CENTER
}
