package io.tributary.compaction.catalog;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A partition of a table with one partition key.
 *
 * @param value of the key, as text
 * @param columns the table's columns, which the catalog stores for each partition again
 */
public record CatalogPartition(
        String value, List<CatalogColumn> columns, TableStorage storage, Map<String, String> parameters) {

    public CatalogPartition {
        columns = List.copyOf(columns);
        parameters = Map.copyOf(parameters);
    }

    /** This partition, with the parameters that others have added to {@code present}. */
    CatalogPartition over(CatalogPartition present) {
        Map<String, String> both = new TreeMap<>(present.parameters);
        both.putAll(parameters);
        return new CatalogPartition(value, columns, storage.over(present.storage), both);
    }
}
