package io.tributary.compaction.catalog;

import java.util.List;
import java.util.Optional;

/** What should be registered for a lake. */
public interface CatalogTargets {

    String database();

    /** The names of all entries, known without reading the lake. */
    List<String> names();

    /** The table that is also partitioned in the catalog. */
    Optional<String> manifestTable();

    /** The entries, from the newest state of the lake. */
    CatalogTarget read();

    /** Writes the manifests to which the manifest table's partitions point. */
    void writeManifests();
}
