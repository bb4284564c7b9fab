package io.tributary.compaction.catalog;

/**
 * An entry that exists in the catalog.
 *
 * @param version of the catalog, by which it detects concurrent changes
 */
public record ExistingTable(CatalogTable entry, String version) {}
