package io.tributary.compaction.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table or a view of the catalog, in the catalog's own terms.
 *
 * @param columns all but the partition keys
 * @param parameters free texts by name, to which engines and crawlers add their own
 * @param viewText the view's definition as the catalog keeps it; empty for a table
 */
public record CatalogTable(
        String name,
        Type type,
        String description,
        List<CatalogColumn> columns,
        List<CatalogColumn> partitionKeys,
        Map<String, String> parameters,
        TableStorage storage,
        Optional<String> viewText) {

    /** Names the lake that an entry belongs to; what lacks it is not ours. */
    static final String LAKE = "tributary.lake";

    /** What an entry is; the names are the catalog's. */
    public enum Type {
        EXTERNAL_TABLE("table"),
        VIRTUAL_VIEW("view"),
        /** Whatever others register. */
        OTHER("entry");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** For messages. */
        public String word() {
            return word;
        }
    }

    public CatalogTable {
        columns = List.copyOf(columns);
        partitionKeys = List.copyOf(partitionKeys);
        parameters = Map.copyOf(parameters);
    }

    /** This, with the parameters that others have added to {@code present}. */
    CatalogTable over(CatalogTable present) {
        Map<String, String> both = new TreeMap<>(present.parameters);
        both.putAll(parameters);
        return new CatalogTable(
                name, type, description, columns, partitionKeys, both, storage.over(present.storage), viewText);
    }

    /** The lake that the entry says it belongs to. */
    Optional<String> lake() {
        return Optional.ofNullable(parameters.get(LAKE));
    }
}
