package io.tributary.compaction.catalog;

import java.util.Map;
import java.util.Optional;

/** A catalog of databases, tables and views. Failures that are not declared say what an operator has to do. */
public interface Catalog extends AutoCloseable {

    boolean hasDatabase(String database);

    Optional<ExistingTable> find(String database, String name);

    /** The partitions of a table by one key, by value. */
    Map<String, CatalogPartition> partitions(String database, String table);

    /**
     * Does what the action says.
     *
     * @throws ConcurrentCatalogUpdateException if the catalog is no longer as it was when the action was planned
     */
    void apply(String database, CatalogChange action) throws ConcurrentCatalogUpdateException;

    @Override
    void close();
}
