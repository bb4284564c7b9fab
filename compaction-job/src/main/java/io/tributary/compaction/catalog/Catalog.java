package io.tributary.compaction.catalog;

import java.util.Map;
import java.util.Optional;

/** A catalog of databases, tables and views. Undeclared failures say what an operator has to do. */
public interface Catalog extends AutoCloseable {

    boolean hasDatabase(String database);

    Optional<ExistingTable> find(String database, String name);

    /** The partitions of a table with one partition key, by value. */
    Map<String, CatalogPartition> partitions(String database, String table);

    /**
     * Applies a change.
     *
     * @throws ConcurrentCatalogUpdateException if the catalog has changed since the change was planned
     */
    void apply(String database, CatalogChange action) throws ConcurrentCatalogUpdateException;

    @Override
    void close();
}
