package io.tributary.compaction.publish;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the catalogue says, as far as it concerns a lake.
 *
 * @param entries by name, those of the names asked for that there are
 * @param partitions of the manifest table, by value
 */
record CatalogueState(boolean hasDatabase, Map<String, Found> entries, Map<String, EntryPartition> partitions) {

    static final CatalogueState EMPTY = new CatalogueState(false, Map.of(), Map.of());

    CatalogueState {
        entries = Map.copyOf(entries);
        partitions = Map.copyOf(partitions);
    }

    static CatalogueState read(
            Catalogue catalogue, String database, List<String> names, Optional<String> manifestTable) {
        if (!catalogue.hasDatabase(database)) {
            return EMPTY;
        }
        Map<String, Found> entries = new HashMap<>();
        names.forEach(name -> catalogue.find(database, name).ifPresent(found -> entries.put(name, found)));
        Map<String, EntryPartition> partitions = manifestTable
                .filter(entries::containsKey)
                .map(table -> catalogue.partitions(database, table))
                .orElse(Map.of());
        return new CatalogueState(true, entries, partitions);
    }
}
