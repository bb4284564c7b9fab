package io.tributary.compaction.catalog;

/**
 * An entry that the catalogue has.
 *
 * @param version the catalogue's own, by which it tells whether the entry was changed since
 */
public record ExistingTable(CatalogTable entry, String version) {}
