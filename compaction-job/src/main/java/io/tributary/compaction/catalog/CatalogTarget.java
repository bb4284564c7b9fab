package io.tributary.compaction.catalog;

import java.util.List;
import java.util.Optional;

/**
 * What the catalog should say about a lake.
 *
 * @param lake the lake's root, by which its entries are known as ours
 * @param partitions of the manifest table, if there is one
 */
public record CatalogTarget(String database, String lake, List<CatalogTable> entries, Optional<Partitions> partitions) {

    /**
     * The partitions that a table should have.
     *
     * @param table one of the entries
     */
    public record Partitions(String table, List<CatalogPartition> all) {

        public Partitions {
            all = List.copyOf(all);
        }
    }

    public CatalogTarget {
        entries = List.copyOf(entries);
    }
}
