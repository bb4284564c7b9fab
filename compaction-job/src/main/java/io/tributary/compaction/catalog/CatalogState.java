package io.tributary.compaction.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The current state of the catalog, as far as it concerns a lake.
 *
 * @param entries by name: those of the requested names that exist
 * @param partitions of the manifest table, by value
 */
record CatalogState(boolean hasDatabase, Map<String, ExistingTable> entries, Map<String, CatalogPartition> partitions) {

    static final CatalogState EMPTY = new CatalogState(false, Map.of(), Map.of());

    CatalogState {
        entries = Map.copyOf(entries);
        partitions = Map.copyOf(partitions);
    }

    static CatalogState read(Catalog catalog, String database, List<String> names, Optional<String> manifestTable) {
        if (!catalog.hasDatabase(database)) {
            return EMPTY;
        }
        Map<String, ExistingTable> entries = new HashMap<>();
        names.forEach(name -> catalog.find(database, name).ifPresent(found -> entries.put(name, found)));
        Map<String, CatalogPartition> partitions = manifestTable
                .filter(entries::containsKey)
                .map(table -> catalog.partitions(database, table))
                .orElse(Map.of());
        return new CatalogState(true, entries, partitions);
    }
}
