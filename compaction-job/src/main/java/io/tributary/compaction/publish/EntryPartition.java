package io.tributary.compaction.publish;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A partition of a table by one key.
 *
 * @param value of the key, as text
 * @param columns the table's, since the catalogue keeps them for each partition anew
 */
public record EntryPartition(String value, List<EntryColumn> columns, Storage storage, Map<String, String> parameters) {

    public EntryPartition {
        columns = List.copyOf(columns);
        parameters = Map.copyOf(parameters);
    }

    /** This, with the parameters that others have added to {@code present}. */
    EntryPartition over(EntryPartition present) {
        Map<String, String> both = new TreeMap<>(present.parameters);
        both.putAll(parameters);
        return new EntryPartition(value, columns, storage.over(present.storage), both);
    }
}
