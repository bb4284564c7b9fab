package io.tributary.compaction.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table or a view of the catalog, in the catalog's own terms.
 *
 * @param columns without the partition keys
 * @param parameters texts by name, to which engines and crawlers add their own
 * @param viewText the view's definition as the catalog stores it; empty for a table
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

    /** The parameter that names the lake of an entry. An entry without it does not belong to a lake. */
    static final String LAKE = "tributary.lake";

    /** The type of an entry; the names are the catalog's. */
    public enum Type {
        EXTERNAL_TABLE("table"),
        VIRTUAL_VIEW("view"),
        /** Any type that others register. */
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

    /** This entry, with the parameters that others have added to {@code present}. */
    CatalogTable over(CatalogTable present) {
        Map<String, String> both = new TreeMap<>(present.parameters);
        both.putAll(parameters);
        return new CatalogTable(
                name, type, description, columns, partitionKeys, both, storage.over(present.storage), viewText);
    }

    /** The lake that the entry's parameter names. */
    Optional<String> lake() {
        return Optional.ofNullable(parameters.get(LAKE));
    }
}
