package io.tributary.lab.truth;

/** 128 bits that stand for an identity or for a record's coordinates: two different ones never meet in practice. */
public record Fingerprint(long high, long low) {}
