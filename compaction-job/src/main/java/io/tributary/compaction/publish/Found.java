package io.tributary.compaction.publish;

/**
 * An entry that the catalogue has.
 *
 * @param version the catalogue's own, by which it tells whether the entry was changed since
 */
public record Found(Entry entry, String version) {}
