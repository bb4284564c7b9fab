package io.tributary.compaction.catalog;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A partition of a table by one key.
 *
 * @param value of the key, as text
 * @param columns the table's, since the catalog keeps them for each partition anew
 */
public record CatalogPartition(
        String value, List<CatalogColumn> columns, TableStorage storage, Map<String, String> parameters) {

    public CatalogPartition {
        columns = List.copyOf(columns);
        parameters = Map.copyOf(parameters);
    }

    /** This, with the parameters that others have added to {@code present}. */
    CatalogPartition over(CatalogPartition present) {
        Map<String, String> both = new TreeMap<>(present.parameters);
        both.putAll(parameters);
        return new CatalogPartition(value, columns, storage.over(present.storage), both);
    }
}
