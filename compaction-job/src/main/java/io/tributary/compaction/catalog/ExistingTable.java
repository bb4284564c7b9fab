package io.tributary.compaction.catalog;

/**
 * An entry that the catalog has.
 *
 * @param version the catalog's own, by which it tells whether the entry was changed since
 */
public record ExistingTable(CatalogTable entry, String version) {}
